package org.latentsweep.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.Laws;

class NearestNeighboursTest {

  @Test
  void findsWhatASearchThroughAllFinds() {
    assertFinds(Laws.draw(Laws.SPIRAL, 700, 1), 2);
    assertFinds(Laws.draw(Laws.NORMAL_1D, 300, 2), 1);
    assertFinds(Laws.draw(Laws.GAUSSIAN, 3, 3), 2);
  }

  @Test
  void findsAmongDuplicatesAndOnLines() {
    RandomGenerator random = Laws.random(4);
    float[] points = new float[800];
    for (int i = 0; i < points.length; i++) {
      points[i] = random.nextInt(i % 2 == 0 ? 6 : 2);
    }
    assertFinds(points, 2);
    assertFinds(Laws.repeated(100, 1, -1), 2);
  }

  private static void assertFinds(float[] points, int d) {
    NearestNeighbours tree = new NearestNeighbours(points, d);
    int n = points.length / d;
    double[] squared = new double[6];
    int[] rows = new int[6];
    for (int i = 0; i < n; i += 3) {
      double x = points[i * d] + 0.25 * (i % 2);
      double y = d == 1 ? 0 : points[i * d + 1];
      double[] all =
          IntStream.range(0, n).mapToDouble(j -> squaredDistance(points, d, j, x, y)).toArray();
      tree.nearest(x, y, squared, rows);
      double[] expected = Arrays.copyOf(Arrays.stream(all).sorted().toArray(), 6);
      Arrays.fill(expected, Math.min(n, 6), 6, Double.POSITIVE_INFINITY);
      assertThat(squared).containsExactly(expected);
      assertThat(Arrays.stream(rows).limit(n).distinct().count()).isEqualTo(Math.min(n, 6));
      for (int k = 0; k < Math.min(n, 6); k++) {
        assertThat(all[rows[k]]).isEqualTo(squared[k]);
      }
      double limit = expected[Math.min(n, 4) - 1];
      BitSet within = new BitSet();
      tree.within(x, y, limit, within::set);
      assertThat(within.stream())
          .containsExactly(
              IntStream.range(0, n).filter(j -> all[j] < limit).boxed().toArray(Integer[]::new));
    }
  }

  private static double squaredDistance(float[] points, int d, int j, double x, double y) {
    double dx = points[j * d] - x;
    double dy = (d == 1 ? 0 : points[j * d + 1]) - y;
    return dx * dx + dy * dy;
  }
}
