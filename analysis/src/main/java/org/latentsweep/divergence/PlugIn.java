package org.latentsweep.divergence;

import java.util.List;

/**
 * The plug-in divergences, in nats: the integrals of {@link SmoothedEstimator} with the density
 * estimate of the samples in place of q, before any correction.
 *
 * @param forward KL(p || q)
 * @param reverse KL(q || p)
 * @param js the Jensen-Shannon divergence
 * @param skew the skew divergence
 */
record PlugIn(double forward, double reverse, double js, double skew) {

  /**
   * Integrates over the grid.
   *
   * @param target p
   * @param samples q; the integrals over q take the part of the inner samples only
   * @param far log q at the nodes where {@code samples} cannot be trusted
   */
  static PlugIn of(TargetGrid target, SampleDensity samples, FarField far) {
    PlugInSums sums = new PlugInSums();
    for (int i = 0; i < target.grid().rows(); i++) {
      addRow(i, target, samples, far, sums);
    }
    return sums.times(target.grid().cellVolume());
  }

  /** Sums over every second node of the grid on each axis that is in a list. */
  static PlugIn of(List<NodeMass> nodes, TargetGrid target, SampleDensity samples, FarField far) {
    PlugInSums sums = new PlugInSums();
    for (NodeMass node : nodes) {
      int i = node.row();
      int j = node.column();
      double p = target.density()[i][j];
      double logP = target.logDensity()[i][j];
      double q = samples.all()[i][j];
      if (q > samples.minTrusted()) {
        sums.add(p, logP, q, samples.inner()[i][j]);
      } else {
        sums.addFar(p, logP, far.logDensity(i, j));
      }
    }
    return sums.times(target.grid().halved().cellVolume());
  }

  private static void addRow(
      int i, TargetGrid target, SampleDensity samples, FarField far, PlugInSums sums) {
    double[] density = target.density()[i];
    double[] logDensity = target.logDensity()[i];
    double[] all = samples.all()[i];
    double[] inner = samples.inner()[i];
    for (int j = 0; j < density.length; j++) {
      if (all[j] > samples.minTrusted()) {
        sums.add(density[j], logDensity[j], all[j], inner[j]);
      } else if (!target.isNegligible(density[j])) {
        sums.addFar(density[j], logDensity[j], far.logDensity(i, j));
      }
    }
  }

  /** Returns the divergences with what the outer samples contribute. */
  PlugIn plus(OuterSamples outer) {
    double reverseSum = reverse + outer.correction();
    double jsSum = js;
    for (OuterSite site : outer.sites()) {
      reverseSum += site.share() * site.logRatio();
      jsSum += site.share() * site.jsTerm();
    }
    return new PlugIn(forward, reverseSum, jsSum, skew);
  }

  /** Returns the differences from the divergences of two halves of the samples, on average. */
  PlugIn changeFrom(PlugIn oneHalf, PlugIn otherHalf) {
    return new PlugIn(
        forward - (oneHalf.forward + otherHalf.forward) / 2,
        reverse - (oneHalf.reverse + otherHalf.reverse) / 2,
        js - (oneHalf.js + otherHalf.js) / 2,
        skew - (oneHalf.skew + otherHalf.skew) / 2);
  }

  /** Accumulates the integrands over nodes. */
  private static final class PlugInSums {
    private double forward;
    private double reverse;
    private double js;
    private double skew;

    void add(double p, double logP, double q, double innerQ) {
      double ratio = Math.log(q) - logP; // log(q / p)
      double logQOverM = -Math.log((p / q + 1) / 2);
      forward -= p * ratio;
      reverse += innerQ * ratio;
      js += (p * (logQOverM - ratio) + innerQ * logQOverM) / 2;
      skew += p * Divergence.skewTerm(ratio);
    }

    /** Adds a node at which q is negligible compared with p, but its logarithm is not. */
    void addFar(double p, double logP, double logQ) {
      forward += p * (logP - logQ);
      js += p * Math.log(2) / 2;
      skew += p * Divergence.skewTerm(logQ - logP);
    }

    PlugIn times(double cellVolume) {
      return new PlugIn(
          forward * cellVolume, reverse * cellVolume, js * cellVolume, skew * cellVolume);
    }
  }
}
