package org.latentsweep.animation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentsweep.target.NoiseLaw;

/** Golden values are from {@code colorsys.hsv_to_rgb} of Python 3.11; rounding may differ by 1. */
class LatentColoursTest {
  private static void assertColour(String expected, NoiseLaw noise, double... z) {
    LatentColours colours = new LatentColours(noise, z.length);
    assertThat(colours.all()).hasSizeLessThanOrEqualTo(253);
    int rgb = colours.all()[colours.of(z)];
    int golden = Integer.parseInt(expected, 16);
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(rgb >> shift & 0xFF)
          .as("%06X instead of %s", rgb, expected)
          .isCloseTo(golden >> shift & 0xFF, within(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1, -1, 330000", "-1, 0, 990000", "-1, 1, FF0000",
    " 0, -1, 003324", " 0, 0, 00996B", " 0, 1, 00FFB3",
    " 1, -1, 33001F", " 1, 0, 99005C", " 1, 1, FF0099"
  })
  void theSquareHasHuesAlongTheFirstCoordinateAndValuesAlongTheSecond(
      double x, double y, String expected) {
    assertColour(expected, new NoiseLaw.Uniform(-1, 1), x, y);
    assertColour(expected, new NoiseLaw.Uniform(-1, 1), x, y, 0.3);
  }

  @Test
  void normalCoordinatesCountByTheirRank() {
    NoiseLaw normal = new NoiseLaw.Normal();

    assertColour("00996B", normal, 0, 0);
    assertColour("FF0000", normal, -9, 9);
    assertColour("99005C", normal, 9, 0.01);
  }

  @Test
  void oneCoordinateHasHuesOnly() {
    NoiseLaw unit = new NoiseLaw.Uniform(0, 1);

    assertColour("FF0000", unit, 0);
    assertColour("00FFB3", unit, 0.5);
    assertColour("FF0099", unit, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, FF0000", "1, FFBF00", "2, 80FF00", "3, 00FF40",
    "4, 00FFFF", "5, 0040FF", "6, 8000FF", "7, FF00BF"
  })
  void aOneHotVectorGivesTheHue(int mode, String expected) {
    double[] z = new double[10];
    z[0] = 1; // a normal coordinate that looks hot
    z[2 + mode] = 1;

    assertColour(expected, new NoiseLaw.NormalOneHot(8), z);
  }
}
