package org.latentsweep.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HilbertCurveTest {
  private static double[] at(int order, double u) {
    double[] point = new double[2];
    new HilbertCurve(order).at(u, point);
    return point;
  }

  @Test
  void theFirstIsThreeSidesOfASquare() {
    assertThat(at(1, 0)).containsExactly(0.25, 0.25);
    assertThat(at(1, 1 / 6.0)).containsExactly(new double[] {0.25, 0.5}, within(1e-12));
    assertThat(at(1, 1 / 3.0)).containsExactly(new double[] {0.25, 0.75}, within(1e-12));
    assertThat(at(1, 2 / 3.0)).containsExactly(new double[] {0.75, 0.75}, within(1e-12));
    assertThat(at(1, 1)).containsExactly(0.75, 0.25);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void visitsEveryCellOnceAndStepsToOneBesideIt(int order) {
    int side = 1 << order;
    int last = side * side - 1;
    Set<Long> cells = new HashSet<>();
    double[] before = null;
    for (int place = 0; place <= last; place++) {
      double[] middle = at(order, (double) place / last);
      cells.add((long) (middle[0] * side) * side + (long) (middle[1] * side));
      if (before != null) {
        double length = Math.abs(middle[0] - before[0]) + Math.abs(middle[1] - before[1]);
        assertThat(length).isCloseTo(1.0 / side, within(1e-9));
      }
      before = middle;
    }
    assertThat(cells).hasSize(side * side);
    assertThat(before).containsExactly(new double[] {1 - 0.5 / side, 0.5 / side}, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16})
  void rejectsOtherOrders(int order) {
    assertThatThrownBy(() -> new HilbertCurve(order))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("order must be in 1..15, found " + order);
  }
}
