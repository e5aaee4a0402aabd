package org.latentsweep.divergence;

/** The covariance of weighted pairs, with the weights as counts. */
final class WeightedCovariance {
  private double weight;
  private double sumA;
  private double sumB;
  private double sumAb;

  void add(double w, double a, double b) {
    weight += w;
    sumA += w * a;
    sumB += w * b;
    sumAb += w * a * b;
  }

  double covariance() {
    return (sumAb - sumA * sumB / weight) / (weight - 1);
  }
}
