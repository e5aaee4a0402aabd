package org.latentsweep.divergence;

import java.util.Arrays;

/**
 * The samples that lie in [-s, s]^d, coordinate by coordinate, with how many there were in all.
 * Immutable.
 */
final class SamplesInWindow {
  private final int dimensions;
  private final int total;
  private final double[] x;
  private final double[] y; // zeros in one dimension

  /** Takes samples, row-major [n, d]. */
  SamplesInWindow(float[] points, int dimensions, double s) {
    this.dimensions = dimensions;
    total = points.length / dimensions;
    double[] inX = new double[total];
    double[] inY = new double[total];
    int size = 0;
    for (int i = 0; i < total; i++) {
      double px = points[i * dimensions];
      double py = dimensions == 1 ? 0 : points[i * dimensions + 1];
      if (Math.abs(px) <= s && Math.abs(py) <= s) {
        inX[size] = px;
        inY[size++] = py;
      }
    }
    x = Arrays.copyOf(inX, size);
    y = Arrays.copyOf(inY, size);
  }

  private SamplesInWindow(SamplesInWindow from, int size) {
    dimensions = from.dimensions;
    x = new double[size];
    y = new double[size];
    for (int i = 0; i < size; i++) {
      int j = from.strided(i, size);
      x[i] = from.x[j];
      y[i] = from.y[j];
    }
    total = (int) Math.round((double) from.total * size / from.size());
  }

  /** So many of them, evenly spaced in their order, with as many of those in all. */
  SamplesInWindow every(int most) {
    return size() <= most ? this : new SamplesInWindow(this, most);
  }

  /** Which sample is number i of so many. */
  int strided(int i, int of) {
    return (int) ((long) i * size() / of);
  }

  int dimensions() {
    return dimensions;
  }

  /** n, with those outside. */
  int total() {
    return total;
  }

  /** Those inside. */
  int size() {
    return x.length;
  }

  double x(int i) {
    return x[i];
  }

  double y(int i) {
    return y[i];
  }
}
