package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PointsCheckTest {

  @Test
  void constantCoordinatesAreNamedWithEverythingElse() {
    float[] points = new float[98]; // [49, 2]
    for (int i = 0; i < points.length; i += 2) {
      points[i] = i;
      points[i + 1] = 0.5f;
    }
    assertThatThrownBy(() -> PointsCheck.checkSpread(points, 2))
        .hasMessage(
            "Cannot measure samples: found 49 rows where 50 or more are needed;"
                + " y is 0.5 in every row");
  }

  @Test
  void pointsOnALineAreNoConstants() {
    float[] points = new float[200];
    for (int i = 0; i < points.length; i++) {
      points[i] = i / 2;
    }
    assertThatCode(() -> PointsCheck.checkSpread(points, 2)).doesNotThrowAnyException();
  }
}
