package org.latentsweep.figure;

import java.awt.Color;
import java.awt.Paint;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.renderer.PaintScale;

/**
 * Colours for values from low to high, with linear interpolation between them. Values beyond an end
 * have the colour of that end.
 *
 * @param low the value of the first colour
 * @param high the value of the last colour
 * @param colours the colours of evenly spaced values
 */
record ColourScale(double low, double high, List<Color> colours) implements PaintScale {
  /** Matplotlib's viridis by S. van der Walt and N. Smith (2015), at multiples of 1/8. */
  private static final int[] VIRIDIS = {
    0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
  };

  /** ColorBrewer's PuOr by C. Brewer, which colour-blind readers can tell apart. */
  private static final int[] PURPLE_TO_ORANGE = {
    0x542788, 0x8073AC, 0xB2ABD2, 0xD8DAEB, 0xF7F7F7, 0xFEE0B6, 0xFDB863, 0xE08214, 0xB35806
  };

  /** Copies the colours. */
  ColourScale {
    colours = List.copyOf(colours);
  }

  /** Returns a scale from dark to bright, for amounts. */
  static ColourScale sequential(double low, double high) {
    return new ColourScale(low, high, colours(VIRIDIS));
  }

  /** Returns a scale that is white at 0, for differences of either sign. */
  static ColourScale diverging(double limit) {
    return new ColourScale(-limit, limit, colours(PURPLE_TO_ORANGE));
  }

  private static List<Color> colours(int[] rgb) {
    return Arrays.stream(rgb).mapToObj(Color::new).toList();
  }

  /** Returns the colour of a value. */
  Color of(double value) {
    double place = Math.max(0, Math.min(1, (value - low) / (high - low))) * (colours.size() - 1);
    int below = Math.min(colours.size() - 2, (int) place);
    return mixed(colours.get(below), colours.get(below + 1), place - below);
  }

  private static Color mixed(Color a, Color b, double share) {
    return new Color(
        (int) Math.round(a.getRed() + share * (b.getRed() - a.getRed())),
        (int) Math.round(a.getGreen() + share * (b.getGreen() - a.getGreen())),
        (int) Math.round(a.getBlue() + share * (b.getBlue() - a.getBlue())));
  }

  @Override
  public double getLowerBound() {
    return low;
  }

  @Override
  public double getUpperBound() {
    return high;
  }

  @Override
  public Paint getPaint(double value) {
    return of(value);
  }
}
