package org.latentsweep.divergence;

import java.util.List;
import java.util.Map;

/**
 * The second-order terms of one divergence in {@link SmoothedEstimator}: those that depend on the
 * variance V of the density estimate.
 *
 * @param bias int V phi'' / 2, in nats
 * @param noise int (q phi'')^2 V / q, of which T is a multiple
 */
record SecondOrder(double bias, double noise) {

  /**
   * Integrates the terms of all divergences over the nodes, and adds the bias of the outer samples.
   *
   * @return the terms for every constant of {@link Divergence}; the bias of {@code KL_MEAN} is left
   *     at 0, as it follows from those of the two directions
   */
  static Map<Divergence, SecondOrder> of(HalvedNodes nodes, OuterSamples outer) {
    TermSums forward = new TermSums();
    TermSums reverse = new TermSums();
    TermSums mean = new TermSums();
    TermSums js = new TermSums();
    TermSums skew = new TermSums();
    for (int i = 0; i < nodes.grid().rows(); i++) {
      for (int j = 0; j < nodes.grid().nodes(); j++) {
        if (nodes.isTrusted(i, j)) {
          double p = nodes.p(i, j);
          double q = nodes.q(i, j);
          double variance = nodes.relativeVariance(i, j);
          // where samples are scarce the divergences are extrapolated instead
          double half = nodes.isScarce(i, j) ? 0 : variance / 2;
          double ratio = Math.min(1, p / q);
          double jsCurvature = p / (2 * (p + q));
          double shareOfQ = Divergence.SKEW * q / (Divergence.SKEW * q + Divergence.SHARE_OF_P * p);
          double skewCurvature = Math.min(1, p / q * shareOfQ * shareOfQ);
          forward.add(p * half, q * variance, ratio);
          reverse.add(nodes.innerQ(i, j) * half, q * variance, 1);
          mean.add(0, q * variance, (ratio + 1) / 2);
          js.add(q * half * jsCurvature, q * variance, jsCurvature);
          skew.add(p * half * shareOfQ * shareOfQ, q * variance, skewCurvature);
        }
      }
    }
    double cellVolume = nodes.grid().cellVolume();
    return Map.of(
        Divergence.KL_FORWARD,
        forward.times(cellVolume),
        Divergence.KL_REVERSE,
        reverse.times(cellVolume).plusReverse(outer.sites()),
        Divergence.KL_MEAN,
        mean.times(cellVolume),
        Divergence.JS,
        js.times(cellVolume).plusJs(outer.sites()),
        Divergence.KL_SKEW,
        skew.times(cellVolume));
  }

  private SecondOrder plusReverse(List<OuterSite> outer) {
    double sum = bias;
    for (OuterSite site : outer) {
      sum += site.share() * site.relativeVariance() / 2;
    }
    return new SecondOrder(sum, noise);
  }

  private SecondOrder plusJs(List<OuterSite> outer) {
    double sum = bias;
    for (OuterSite site : outer) {
      sum += site.share() * site.relativeVariance() * site.shareOfTarget() / 4;
    }
    return new SecondOrder(sum, noise);
  }

  /** Accumulates the integrands over nodes. */
  private static final class TermSums {
    private double bias;
    private double noise;

    /**
     * Adds a node.
     *
     * @param term V phi'' / 2
     * @param variance V / q
     * @param curvature q phi''
     */
    void add(double term, double variance, double curvature) {
      bias += term;
      noise += variance * curvature * curvature;
    }

    SecondOrder times(double cellVolume) {
      return new SecondOrder(bias * cellVolume, noise * cellVolume);
    }
  }
}
