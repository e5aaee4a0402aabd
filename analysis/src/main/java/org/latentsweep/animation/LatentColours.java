package org.latentsweep.animation;

import java.awt.Color;
import org.latentsweep.target.NoiseLaw;

/**
 * Gives each latent a colour by which its sample can be followed.
 *
 * <p>Let u and v be the first two coordinates, mapped to [0, 1] by their cumulative distribution
 * function. The colour has hue 0.9 u, saturation 1 and value 0.2 + 0.8 v, or value 1 if there is
 * one coordinate. The hue ends at 0.9 because hue 1 is the same red as hue 0. Latents with a
 * one-hot vector of m places have hue place / m and value 1. A GIF has at most 256 colours, so u
 * and v are rounded to evenly spaced levels from 0 to 1.
 */
final class LatentColours {
  private static final double HUES = 0.9;
  private static final double DARKEST = 0.2;
  private static final int LEVELS = 243; // of u alone
  private static final int U_LEVELS = 27;
  private static final int V_LEVELS = LEVELS / U_LEVELS;

  private final NoiseLaw noise;
  private final int continuous;
  private final int places; // of the one-hot vector; 0 without one
  private final int columns; // levels of u
  private final int rows; // levels of v

  /** Makes the colours of latents of dimension k of a noise law. */
  LatentColours(NoiseLaw noise, int k) {
    this.noise = noise;
    continuous = noise.continuousDimensions(k);
    places = k - continuous;
    boolean square = places == 0 && k > 1;
    columns = places > 0 ? places : square ? U_LEVELS : LEVELS;
    rows = square ? V_LEVELS : 1;
  }

  /** Returns all colours, as 0xRRGGBB. */
  int[] all() {
    int[] colours = new int[columns * rows];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = rgb(i % columns, i / columns);
    }
    return colours;
  }

  private int rgb(int column, int row) {
    double hue = places > 0 ? (double) column / places : HUES * column / (columns - 1);
    double value = rows == 1 ? 1 : DARKEST + (1 - DARKEST) * row / (rows - 1);
    return Color.HSBtoRGB((float) hue, 1, (float) value) & 0xFFFFFF;
  }

  /** Returns the place in {@link #all} of the colour of a latent [k]. */
  int of(double[] z) {
    if (places > 0) {
      return hot(z);
    }
    return level(z[0], columns) + (rows == 1 ? 0 : columns * level(z[1], rows));
  }

  private int hot(double[] z) {
    int place = 0;
    while (z[continuous + place] != 1) {
      place++;
    }
    return place;
  }

  private int level(double coordinate, int levels) {
    double p = Math.min(1, Math.max(0, noise.cumulative(coordinate)));
    return (int) Math.round(p * (levels - 1));
  }
}
