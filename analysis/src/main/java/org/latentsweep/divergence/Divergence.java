package org.latentsweep.divergence;

/** The divergences between p and q that are estimated together, all in nats. */
enum Divergence {
  /** KL(p || q), which grows where q lacks mass that the target has. */
  KL_FORWARD(SmoothedDivergences.KL_FORWARD),
  /** KL(q || p), which grows where q has mass that the target lacks. */
  KL_REVERSE(SmoothedDivergences.KL_REVERSE),
  /** (KL(p || q) + KL(q || p)) / 2. */
  KL_MEAN(SmoothedDivergences.KL_MEAN),
  /** KL(p || m) / 2 + KL(q || m) / 2 with m = (p + q) / 2, between 0 and log 2. */
  JS(SmoothedDivergences.JS),
  /** KL(p || m) with m = a q + (1 - a) p and a = {@value #SKEW}, between 0 and log 100. */
  KL_SKEW(SmoothedDivergences.KL_SKEW);

  /**
   * The weight a of q in the skew divergence: the value that L. Lee recommends in "Measures of
   * distributional similarity" (1999).
   */
  static final double SKEW = 0.99;

  /** The largest number whose exponential is finite, rounded down. */
  private static final double MAX_LOG = 709;

  private final String metric;

  Divergence(String metric) {
    this.metric = metric;
  }

  /** Returns the largest value that the divergence can have. */
  double max() {
    return switch (this) {
      case KL_FORWARD, KL_REVERSE, KL_MEAN -> Double.POSITIVE_INFINITY;
      case JS -> Math.log(2);
      case KL_SKEW -> -Math.log(1 - SKEW);
    };
  }

  /** Returns log(p / (a q + (1 - a) p)) from log(q / p). */
  static double skewTerm(double logQOverP) {
    return -Math.log(SKEW * Math.exp(Math.min(logQOverP, MAX_LOG)) + 1 - SKEW);
  }

  /** Returns the name of the metric in tables. */
  String metric() {
    return metric;
  }
}
