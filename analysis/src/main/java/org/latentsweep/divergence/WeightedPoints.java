package org.latentsweep.divergence;

import java.util.Arrays;

/**
 * Points with weights, which represent a distribution. Weights are held by their logs, because
 * those in the tails are smaller than doubles can be. Grows; for one thread.
 */
final class WeightedPoints {
  private static final int START = 1 << 12;

  private final int dimensions;
  private float[] points = new float[START]; // row-major [n, d], then unused
  private double[] logWeights = new double[START]; // [n], then unused
  private int size;

  WeightedPoints(int dimensions) {
    this.dimensions = dimensions;
  }

  /** Adds a point; y is ignored in one dimension. */
  void add(double x, double y, double logWeight) {
    if ((size + 1) * dimensions > points.length) {
      points = Arrays.copyOf(points, 2 * points.length);
    }
    if (size == logWeights.length) {
      logWeights = Arrays.copyOf(logWeights, 2 * size);
    }
    points[size * dimensions] = (float) x;
    if (dimensions == 2) {
      points[2 * size + 1] = (float) y;
    }
    logWeights[size++] = logWeight;
  }

  /** Adds all points of another list. */
  void addAll(WeightedPoints others) {
    for (int i = 0; i < others.size; i++) {
      add(others.x(i), others.y(i), others.logWeights[i]);
    }
  }

  /** Returns d, 1 or 2. */
  int dimensions() {
    return dimensions;
  }

  /** Returns n, the number of points. */
  int size() {
    return size;
  }

  /** Returns the first coordinate of a point. */
  double x(int i) {
    return points[i * dimensions];
  }

  /** Returns the second coordinate of a point, 0 in one dimension. */
  double y(int i) {
    return dimensions == 1 ? 0 : points[2 * i + 1];
  }

  /** Returns the weight of a point. */
  double weight(int i) {
    return Math.exp(logWeights[i]);
  }

  /** Returns the log of the weight of a point. */
  double logWeight(int i) {
    return logWeights[i];
  }

  /** Returns the sum of all weights. */
  double total() {
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += weight(i);
    }
    return total;
  }

  /**
   * Groups the points into sites, whose counts are the weights divided by their mean.
   *
   * @param step side of a cell, the points of which become one site
   */
  KernelSites sites(double step) {
    double logMean = Math.log(total() / size);
    double[] relative = Arrays.stream(logWeights, 0, size).map(w -> w - logMean).toArray();
    return KernelSites.of(Arrays.copyOf(points, size * dimensions), relative, dimensions, step);
  }
}
