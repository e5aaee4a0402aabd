package org.latentsweep.divergence;

import java.util.Arrays;

/**
 * The samples that lie in [-s, s]^d, coordinate by coordinate, with the number of samples inside
 * and outside. Immutable.
 */
final class SamplesInWindow {
  private final int dimensions;
  private final int total;
  private final double[] x; // [samples inside]
  private final double[] y; // [samples inside], zeros in one dimension

  private SamplesInWindow(int dimensions, int total, double[] x, double[] y) {
    this.dimensions = dimensions;
    this.total = total;
    this.x = x;
    this.y = y;
  }

  /** Selects samples, row-major [n, d], d = 1 or 2. */
  static SamplesInWindow of(float[] points, int dimensions, double s) {
    int total = points.length / dimensions;
    double[] x = new double[total];
    double[] y = new double[total];
    int size = 0;
    for (int i = 0; i < total; i++) {
      double px = points[i * dimensions];
      double py = dimensions == 1 ? 0 : points[i * dimensions + 1];
      if (Math.abs(px) <= s && Math.abs(py) <= s) {
        x[size] = px;
        y[size++] = py;
      }
    }
    return new SamplesInWindow(dimensions, total, Arrays.copyOf(x, size), Arrays.copyOf(y, size));
  }

  /**
   * Returns at most a number of these samples, evenly spaced in their order. The number of all
   * samples is reduced in the same proportion.
   */
  SamplesInWindow evenlySpaced(int max) {
    if (size() <= max) {
      return this;
    }
    double[] someX = new double[max];
    double[] someY = new double[max];
    for (int i = 0; i < max; i++) {
      someX[i] = x[strided(i, max)];
      someY[i] = y[strided(i, max)];
    }
    int ofTotal = (int) Math.round((double) total * max / size());
    return new SamplesInWindow(dimensions, ofTotal, someX, someY);
  }

  /** Returns the index of the i-th of {@code count} evenly spaced samples. */
  int strided(int i, int count) {
    return (int) ((long) i * size() / count);
  }

  /** Returns d. */
  int dimensions() {
    return dimensions;
  }

  /** Returns n, the number of samples inside and outside. */
  int total() {
    return total;
  }

  /** Returns the number of samples inside. */
  int size() {
    return x.length;
  }

  /** Returns x of a sample. */
  double x(int i) {
    return x[i];
  }

  /** Returns y of a sample, 0 in one dimension. */
  double y(int i) {
    return y[i];
  }
}
