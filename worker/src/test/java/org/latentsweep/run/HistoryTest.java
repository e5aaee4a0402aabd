package org.latentsweep.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final double OTHER_NAN = Double.longBitsToDouble(0xfff8000000000001L);

  @Test
  void everyNanHasTheSameBits() {
    History history = new History(1);
    history.add(OTHER_NAN, Double.NaN, -Double.NaN, OTHER_NAN);
    float[] found = {
      history.dLoss(0), history.dAccuracy(0), history.gLoss(0), history.gAccuracy(0)
    };
    for (float value : found) {
      assertThat(Float.floatToRawIntBits(value)).isEqualTo(0x7fc00000);
    }
  }
}
