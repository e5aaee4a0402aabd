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
  JS(SmoothedDivergences.JS);

  private final String metric;

  Divergence(String metric) {
    this.metric = metric;
  }

  /** Returns the name of the metric in tables. */
  String metric() {
    return metric;
  }
}
