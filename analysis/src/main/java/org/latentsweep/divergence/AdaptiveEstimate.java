package org.latentsweep.divergence;

import org.latentsweep.target.TargetDistribution;
import smile.math.special.Gamma;

/**
 * KL(p || q) without smoothing, from an adaptive kernel density estimate q^ of the samples (see
 * {@link Bandwidths}) and p known exactly:
 *
 * <pre>
 * C(s) = int p (log p - log q^_s + psi(m) - log m) dx,    m(x) = q^(x)^2 / (1/n^2 sum_i N_i(x)^2)
 * </pre>
 *
 * <p><b>Variance bias.</b> q^(x) is a mean of kernels of which m count, its effective number of
 * samples. Were all of them equal, q^ would be q times a gamma variate of shape m over m, and E log
 * q^ = log q + psi(m) - log m, of which - 1/(2m) is the leading term; with m = k it is the
 * correction of the k-nearest-neighbour estimator.
 *
 * <p><b>Smoothing bias.</b> The cross-validated scale s leaves a bias of some order in s: near 1
 * where q jumps, as on the edges of a band, up to 4 where it is smooth (Abramson 1982). So the
 * estimate is extrapolated to s = 0 as if the order was 1, from s and s/2, where the variance bias
 * is larger but known:
 *
 * <pre>value = 2 C(s/2) - C(s)</pre>
 *
 * <p><b>Standard error.</b> The influence of a sample on the value is -p(x_i) / q(x_i) (van der
 * Vaart 1998, chapter 20), so the variance is that of p / q^ over the samples, divided by n. What
 * the extrapolation does not see is of the order of what it changed: the square of (C(s/2) - C(s))
 * / 2 is added.
 *
 * <p>Points of p that no kernel reaches are evaluated exactly by {@link KernelDensity}.
 */
final class AdaptiveEstimate {
  /** Samples that the standard error is taken from. */
  private static final int MOST = 1 << 14;

  private final TargetDistribution target;
  private final TargetPoints points;
  private final SamplesInWindow samples;
  private final Bandwidths bandwidths;
  private final double value;
  private final double standardError;

  /** Estimates from samples of which at least one is in the window. */
  AdaptiveEstimate(TargetDistribution target, TargetPoints points, SamplesInWindow samples) {
    this.target = target;
    this.points = points;
    this.samples = samples;
    bandwidths = new Bandwidths(samples);
    BinnedKernels whole = new BinnedKernels(samples, bandwidths.ofSamples(), 1, true);
    double atScale = corrected(whole, 1);
    double atHalf = corrected(new BinnedKernels(samples, bandwidths.ofSamples(), 0.5, true), 0.5);
    value = 2 * atHalf - atScale;
    standardError = Math.hypot(influence(whole), (atHalf - atScale) / 2);
  }

  private double corrected(BinnedKernels kernels, double scale) {
    BinnedKernels.Value at = new BinnedKernels.Value();
    KernelDensity exact = null;
    double sum = 0;
    for (int i = 0; i < points.size(); i++) {
      kernels.at(points.x(i), points.y(i), at);
      double logDensity;
      double count;
      if (at.density > 0) {
        logDensity = Math.log(at.density);
        count = Math.max(1, at.density * at.density / at.squares);
      } else {
        if (exact == null) {
          exact = new KernelDensity(samples, bandwidths.ofSamples(), scale);
        }
        logDensity = exact.logDensity(points.x(i), points.y(i));
        count = 1;
      }
      sum +=
          points.weight(i) * (points.logP(i) - logDensity + Gamma.digamma(count) - Math.log(count));
    }
    return sum;
  }

  private double influence(BinnedKernels kernels) {
    BinnedKernels.Value at = new BinnedKernels.Value();
    int count = Math.min(MOST, samples.size());
    double sum = 0;
    double squares = 0;
    for (int a = 0; a < count; a++) {
      int i = samples.strided(a, count);
      kernels.at(samples.x(i), samples.y(i), at);
      double p = Math.exp(TargetPoints.logDensity(target, samples.x(i), samples.y(i)));
      double ratio = p / at.density;
      sum += ratio;
      squares += ratio * ratio;
    }
    double inside = (double) samples.size() / samples.total();
    double mean = inside * sum / count;
    return Math.sqrt(Math.max(0, inside * squares / count - mean * mean) / samples.total());
  }

  double value() {
    return value;
  }

  double standardError() {
    return standardError;
  }

  /** The geometric mean of the samples' bandwidths. */
  double bandwidth() {
    return bandwidths.scale();
  }
}
