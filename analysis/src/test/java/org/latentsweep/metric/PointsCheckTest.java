package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PointsCheckTest {

  @Test
  void everythingWrongIsNamed() {
    float[] points = new float[98]; // [49, 2]
    points[5] = Float.NaN;
    assertThatThrownBy(() -> PointsCheck.check(points, 2))
        .hasMessage(
            "Cannot measure samples: found 49 rows where 50 or more are needed;"
                + " coordinates must be finite, found 1 that are not, the first NaN in row 2");
  }

  @Test
  void constantCoordinatesAreAllowed() {
    assertThatCode(() -> PointsCheck.check(new float[200], 2)).doesNotThrowAnyException();
  }
}
