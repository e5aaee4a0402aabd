package org.latentsweep.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import org.junit.jupiter.api.Test;

class ColourScaleTest {
  @Test
  void endsAndMiddleHaveTheColoursOfThePalette() {
    ColourScale scale = ColourScale.diverging(3);

    assertThat(scale.of(0)).isEqualTo(new Color(0xF7F7F7));
    assertThat(scale.of(-3)).isEqualTo(scale.of(-100)).isEqualTo(new Color(0x542788));
    assertThat(scale.of(3))
        .isEqualTo(scale.of(Double.POSITIVE_INFINITY))
        .isEqualTo(new Color(0xB35806));
  }

  /** The scale can be read in grey, too. */
  @Test
  void largerValuesAreBrighter() {
    ColourScale scale = ColourScale.sequential(0, 1);
    double last = -1;
    for (int i = 0; i <= 100; i++) {
      Color colour = scale.of(i / 100.0);
      double luminance =
          0.2126 * colour.getRed() + 0.7152 * colour.getGreen() + 0.0722 * colour.getBlue();
      assertThat(luminance).isGreaterThan(last);
      last = luminance;
    }
  }
}
