package org.latentsweep.divergence;

import java.util.random.RandomGenerator;

/**
 * A normal distribution of latents t around one whose image is near a place x. It approximates the
 * distribution of t given that G(t) plus a normal error of standard deviation s is x (Laplace):
 * with J the derivatives of G at its mean m, the covariance is (I + J'J / s^2)^-1. That differs
 * from I along the at most two right singular vectors v_a of J only, where the standard deviation
 * is c_a = (1 + sigma_a^2 / s^2)^(-1/2). Immutable.
 */
final class LatentAnchor {
  private final int place;
  private final double[] mean; // [k]
  private final double[][] axes; // v_a, [d][k]
  private final double[] sd; // c_a, [d]
  private final double[] gain; // 1 / c_a^2 - 1 = sigma_a^2 / s^2, [d]
  private final double[] meanOnAxes; // m . v_a, [d]
  private final double logNorm; // -sum_a log c_a - |m|^2 / 2

  /**
   * Makes the distribution.
   *
   * @param place place of the one-hot vector
   * @param mean m, [k], which is kept
   * @param derivatives J, [d][k]
   * @param s the standard deviation of the error, above 0
   */
  LatentAnchor(int place, double[] mean, double[][] derivatives, double s) {
    this.place = place;
    this.mean = mean;
    axes = axes(derivatives);
    sd = new double[axes.length];
    gain = new double[axes.length];
    meanOnAxes = new double[axes.length];
    double sum = -dot(mean, mean) / 2;
    for (int a = 0; a < axes.length; a++) {
      double squared = dot(axes[a], axes[a]); // sigma_a^2
      gain[a] = squared / (s * s);
      sd[a] = 1 / Math.sqrt(1 + gain[a]);
      scale(axes[a], squared > 0 ? 1 / Math.sqrt(squared) : 0);
      meanOnAxes[a] = dot(mean, axes[a]);
      sum -= Math.log(sd[a]);
    }
    logNorm = sum;
  }

  /** Returns sigma_a v_a = J'u_a, with u_a the eigenvectors of J J'. */
  private static double[][] axes(double[][] j) {
    if (j.length == 1) {
      return new double[][] {j[0].clone()};
    }
    double angle = Math.atan2(2 * dot(j[0], j[1]), dot(j[0], j[0]) - dot(j[1], j[1])) / 2;
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double[][] axes = new double[2][j[0].length];
    for (int i = 0; i < j[0].length; i++) {
      axes[0][i] = cos * j[0][i] + sin * j[1][i];
      axes[1][i] = cos * j[1][i] - sin * j[0][i];
    }
    return axes;
  }

  /** Returns the scalar product. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void scale(double[] a, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= factor;
    }
  }

  /** Returns the place of the one-hot vector. */
  int place() {
    return place;
  }

  /** Returns the mean, which the caller must not change. */
  double[] mean() {
    return mean;
  }

  /** Fills t, [k], with a random latent. */
  void draw(RandomGenerator random, double[] t) {
    for (int i = 0; i < t.length; i++) {
      t[i] = random.nextGaussian();
    }
    double[] shrink = new double[axes.length];
    for (int a = 0; a < axes.length; a++) {
      shrink[a] = (sd[a] - 1) * dot(axes[a], t);
    }
    for (int i = 0; i < t.length; i++) {
      t[i] += mean[i];
      for (int a = 0; a < axes.length; a++) {
        t[i] += shrink[a] * axes[a][i];
      }
    }
  }

  /** Returns the log of this density over that of N(0, I). */
  double logRatio(double[] t) {
    double log = logNorm + dot(mean, t);
    for (int a = 0; a < axes.length; a++) {
      double off = dot(axes[a], t) - meanOnAxes[a];
      log -= gain[a] * off * off / 2;
    }
    return log;
  }
}
