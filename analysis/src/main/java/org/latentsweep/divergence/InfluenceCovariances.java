package org.latentsweep.divergence;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Variances and covariances over the samples of their influences on the divergences: see {@link
 * SmoothedEstimator}. Divided by n, they are the first-order variances of the estimates.
 *
 * @param forward variance of the influence on KL(p || q)
 * @param reverse variance of the influence on KL(q || p)
 * @param js variance of the influence on the Jensen-Shannon divergence
 * @param skew variance of the influence on the skew divergence
 * @param joint covariance of the influences on KL(p || q) and KL(q || p)
 * @param trusted variance of the influence on the part of KL(p || q) where samples are not scarce
 */
record InfluenceCovariances(
    double forward, double reverse, double js, double skew, double joint, double trusted) {
  /**
   * Multiples of h at which the normal that smooths log-ratios is cut off. What lies beyond changes
   * a standard error by less than 1e-4.
   */
  private static final double LOG_REACH = 4.5;

  /**
   * Multiples of h at which the normal that smooths p / q is cut off: further out than {@link
   * #LOG_REACH}, because p / q can grow as fast as the normal falls.
   */
  private static final double RATIO_REACH = 6;

  /**
   * Computes the covariances.
   *
   * @param target p
   * @param samples q
   * @param nodes p and q at every second node
   * @param lossBySite [sites], for each site its count times the decrease of int p log q^ where
   *     samples are scarce when one of its samples is left out
   * @param outer the outer samples
   */
  static InfluenceCovariances of(
      TargetGrid target,
      SampleDensity samples,
      HalvedNodes nodes,
      double[] lossBySite,
      OuterSamples outer) {
    double[][] forward =
        samples.smooth(
            nodes.map((i, j) -> nodes.isScarce(i, j) ? 0 : nodes.p(i, j) / nodes.q(i, j)),
            RATIO_REACH);
    double[][] reverse =
        samples.smooth(nodes.map((i, j) -> Math.log(nodes.q(i, j)) - nodes.logP(i, j)), LOG_REACH);
    double[][] js =
        samples.smooth(
            nodes.map((i, j) -> -Math.log((nodes.p(i, j) / nodes.q(i, j) + 1) / 2) / 2), LOG_REACH);
    double[][] skew =
        samples.smooth(nodes.map((i, j) -> skewSlope(nodes.p(i, j), nodes.q(i, j))), RATIO_REACH);
    Map<Integer, OuterSite> outerBySite =
        outer.sites().stream().collect(Collectors.toMap(OuterSite::site, Function.identity()));
    KernelSites sites = samples.sites();
    Grid halved = nodes.grid();
    InfluenceSums sums = new InfluenceSums();
    for (int s = 0; s < sites.size(); s++) {
      double count = sites.count(s);
      double ofScarce = -samples.size() * lossBySite[s] / count;
      double x = sites.x(s);
      double y = sites.y(s);
      if (target.grid().isInner(x, y)) {
        sums.add(
            count,
            ofScarce,
            -halved.interpolate(forward, x, y),
            halved.interpolate(reverse, x, y),
            halved.interpolate(js, x, y),
            halved.interpolate(skew, x, y));
      } else {
        sums.addOuter(count, ofScarce, outerBySite.get(s));
      }
    }
    return sums.covariances();
  }

  /** Returns the derivative of p log(p / m) by q, with m = a q + (1 - a) p. */
  private static double skewSlope(double p, double q) {
    return -Divergence.SKEW * p / (Divergence.SKEW * q + (1 - Divergence.SKEW) * p);
  }

  /** Returns the variance of the influence on the mean of KL(p || q) and KL(q || p). */
  double mean() {
    return (forward + reverse + 2 * joint) / 4;
  }

  /** Accumulates the influences of sites, in their order. */
  private static final class InfluenceSums {
    private final WeightedCovariance forward = new WeightedCovariance();
    private final WeightedCovariance reverse = new WeightedCovariance();
    private final WeightedCovariance js = new WeightedCovariance();
    private final WeightedCovariance skew = new WeightedCovariance();
    private final WeightedCovariance joint = new WeightedCovariance();
    private final WeightedCovariance trusted = new WeightedCovariance();

    void add(
        double weight,
        double onScarce,
        double onTrusted,
        double onReverse,
        double onJs,
        double onSkew) {
      double onForward = onScarce + onTrusted;
      forward.add(weight, onForward, onForward);
      trusted.add(weight, onTrusted, onTrusted);
      reverse.add(weight, onReverse, onReverse);
      js.add(weight, onJs, onJs);
      skew.add(weight, onSkew, onSkew);
      joint.add(weight, onForward, onReverse);
    }

    /** Adds an outer site, which is null if other sites stand for it in the reverse direction. */
    void addOuter(double count, double onForward, OuterSite site) {
      forward.add(count, onForward, onForward);
      trusted.add(count, 0, 0);
      skew.add(count, 0, 0);
      if (site != null) {
        reverse.add(site.weight(), site.logRatio(), site.logRatio());
        js.add(site.weight(), site.jsTerm(), site.jsTerm());
        joint.add(site.weight(), onForward, site.logRatio());
      }
    }

    InfluenceCovariances covariances() {
      return new InfluenceCovariances(
          forward.covariance(),
          reverse.covariance(),
          js.covariance(),
          skew.covariance(),
          joint.covariance(),
          trusted.covariance());
    }
  }
}
