package org.latentsweep.divergence;

import java.util.Map;

/**
 * Estimates the divergences between the smoothed densities p = target * N_h and q = samples * N_h
 * at one bandwidth h.
 *
 * <p><b>Value.</b> The plug-in estimate is the sum over the grid of phi(p(x), q^(x)) dx, where q^
 * is the kernel density estimate and phi is the integrand: p log(p/q), q log(q/p), or p log(p/m) /
 * 2 + q log(q/m) / 2 with m = (p + q) / 2.
 *
 * <p><b>Bias.</b> q^(x) is a mean of n independent kernels. It is unbiased for q(x) and has the
 * variance V(x) = ((N_h^2 * q)(x) - q(x)^2) / n. To second order E[phi(q^)] - phi(q) = V phi''(q) /
 * 2, with
 *
 * <pre>
 *   forward  phi'' = p / q^2            bias int p V / (2 q^2)
 *   reverse  phi'' = 1 / q              bias int V / (2 q)
 *   JS       phi'' = p / (2 q (p + q))  bias int V p / (4 q (p + q))
 * </pre>
 *
 * This bias is subtracted, with V estimated from the same samples (divisor n - 1). With r_i the
 * share of sample i in q^(x), V / q^2 equals sum_i r_i^2 - 1/n up to a factor n / (n - 1), and lies
 * between 0 and 1.
 *
 * <p>The expansion of log q^ fails where samples are scarce, which means that few of them make up
 * q^ (see {@link HalvedNodes#isScarce}). This is so in the tails of p and in modes that q misses,
 * where log q^ depends on how far away the nearest samples happen to be. In that part of the plane
 * the forward divergence is extrapolated from n / 2 and n samples to infinitely many. With L(n) = -
 * int p log q^ dx over that part, whose mass is of order 1/n under tails as thin as a normal's,
 *
 * <pre>L(inf) = 2 L(n) - (L'(n/2) + L''(n/2)) / 2</pre>
 *
 * where L' and L'' come from the two halves of the samples (Quenouille's jackknife, 1956).
 *
 * <p><b>Standard error.</b> By the delta method, the influence of a sample at x_i on the value is
 * (N_h * phi')(x_i) up to a constant, with phi' = dphi/dq:
 *
 * <pre>
 *   forward  phi' = -p / q    reverse  phi' = log(q / p) + 1    JS  phi' = log(q / m) / 2
 * </pre>
 *
 * and the variance of the value is that of the influences over the samples, divided by n.
 *
 * <p>Near p = q this first order vanishes. The second order remains, int phi'' D^2 / 2 with D = q^
 * - q. Its variance is T / 2, where T = int int C(x, y)^2 phi''(x) phi''(y) and C is the covariance
 * of D. The influences, evaluated with q^ in place of q, vary by int phi'' D N_h, whose variance
 * over samples and noise is T instead. So T / 2 is subtracted, but never more than half of the
 * variance. C(x, y) = N_{h sqrt 2}(x - y) q / n is narrow, which gives
 *
 * <pre>T = 2^(-d/2) / n int (q phi'')^2 V / q dx</pre>
 *
 * where q phi'' is p / q (forward), 1 (reverse), their mean, and p / (2 (p + q)) (JS). p / q is
 * capped at 1, because the expansion holds only near p = q, and elsewhere the first order
 * dominates.
 *
 * <p>The delta method, too, fails where samples are scarce. There the forward influence of a sample
 * is that of leaving it out: minus n times the decrease of int p log q^, where log q^(x) decreases
 * by -log(1 - r_i). Half of the change by extrapolation is added to the standard error in
 * quadrature, for the error that the extrapolation may leave. To the standard errors of the other
 * divergences the bias that was subtracted there is added in quadrature, because it is as uncertain
 * as it is large.
 *
 * <p>Source: A. van der Vaart, "Asymptotic Statistics" (1998), chapter 20.
 */
final class SmoothedEstimator {
  private final TargetGrid target;
  private final SampleDensity samples;

  private SmoothedEstimator(TargetGrid target, SampleDensity samples) {
    this.target = target;
    this.samples = samples;
  }

  /**
   * Estimates all divergences.
   *
   * @param target the smoothed target
   * @param points samples, row-major [n, d], finite, n at least 2
   * @return an estimate for every constant of {@link Divergence}
   */
  static Map<Divergence, SmoothedEstimate> estimate(TargetGrid target, float[] points) {
    SampleDensity samples = SampleDensity.of(target.grid(), target.bandwidth(), points);
    return new SmoothedEstimator(target, samples).estimate(points);
  }

  private Map<Divergence, SmoothedEstimate> estimate(float[] points) {
    FarField far = new FarField(target.grid(), samples.sites(), target.bandwidth());
    OuterSamples outer = OuterSites.of(target, samples);
    HalvedNodes nodes = HalvedNodes.of(target, samples);
    ScarceMass scarce = ScarceMass.of(nodes);
    return new SmoothedEstimates(
            PlugIn.of(target, samples, far).plus(outer),
            SecondOrder.of(nodes, outer),
            InfluenceCovariances.of(target, samples, nodes, far.lossBySite(scarce.nodes()), outer),
            scarce.part(target, points, nodes, samples, far),
            outer.variance(),
            target.grid().dimensions(),
            samples.size())
        .all();
  }
}
