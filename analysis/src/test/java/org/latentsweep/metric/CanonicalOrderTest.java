package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanonicalOrderTest {
  private static final int ROWS = 2000;

  private static List<List<Float>> rows(float[] points, int d) {
    return IntStream.range(0, points.length / d)
        .mapToObj(i -> IntStream.range(0, d).mapToObj(a -> points[i * d + a]).toList())
        .toList();
  }

  private static float[] points(List<List<Float>> rows) {
    float[] points = new float[rows.size() * rows.get(0).size()];
    int at = 0;
    for (List<Float> row : rows) {
      for (float x : row) {
        points[at++] = x;
      }
    }
    return points;
  }

  private static float[] normals(int d) {
    Random random = new Random(1);
    float[] points = new float[ROWS * d];
    IntStream.range(0, points.length).forEach(i -> points[i] = (float) random.nextGaussian());
    return points;
  }

  @Test
  void anyOrderOfTheSameRowsGivesTheSameOrder() {
    for (int d = 1; d <= 2; d++) {
      float[] points = normals(d);
      List<List<Float>> sorted =
          rows(points, d).stream()
              .sorted(Comparator.<List<Float>, Float>comparing(row -> row.get(0)))
              .toList();

      assertThat(CanonicalOrder.of(points(sorted), d)).isEqualTo(CanonicalOrder.of(points, d));
    }
  }

  @Test
  void keepsEveryRow() {
    for (int d = 1; d <= 2; d++) {
      float[] points = normals(d);
      points[0] = -0f;
      points[1] = Float.MAX_VALUE;

      assertThat(rows(CanonicalOrder.of(points, d), d))
          .containsExactlyInAnyOrderElementsOf(rows(points, d));
    }
  }

  @Test
  void everySecondRowIsARandomHalf() {
    float[] ordered = CanonicalOrder.of(normals(1), 1);

    double half = IntStream.range(0, ROWS / 2).mapToDouble(i -> ordered[2 * i]).average().orElse(9);

    assertThat(half).isBetween(-0.1, 0.1); // three standard errors
    assertThat(Arrays.equals(ordered, normals(1))).isFalse();
  }
}
