package org.latentsweep.divergence;

/** Accumulates weighted pairs of values into their covariance; the weights are counts. */
final class WeightedCovariance {
  private double weight;
  private double sumA;
  private double sumB;
  private double sumAb;

  /** Adds the pair (a, b), w times. */
  void add(double w, double a, double b) {
    weight += w;
    sumA += w * a;
    sumB += w * b;
    sumAb += w * a * b;
  }

  /** Returns the covariance of the pairs so far, with the total weight minus 1 as divisor. */
  double covariance() {
    return (sumAb - sumA * sumB / weight) / (weight - 1);
  }
}
