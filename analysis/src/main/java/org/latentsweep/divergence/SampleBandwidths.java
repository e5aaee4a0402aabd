package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The bandwidths of an adaptive kernel density estimate after Abramson (1982), "On bandwidth
 * variation in kernel estimates", with exponent 1/2:
 *
 * <pre>h_i = s (pilot(x_i) / g)^(-1/2),    g the geometric mean of pilot(x_i)</pre>
 *
 * The pilot is the estimate with one bandwidth h for all samples. Both h and s maximise the
 * leave-one-out log likelihood, sum_i log q^_{-i}(x_i) (likelihood cross-validation, Habbema,
 * Hermans and van den Broek 1974), which minimises the divergence of q from q^ and assumes no shape
 * of q. They are searched for with m samples, at most {@value #MAX_SAMPLES}, and then multiplied by
 * (m / n)^(1 / (d + 4)), the order in which the best bandwidth of a smooth density shrinks.
 */
final class SampleBandwidths {
  /** Samples that the search uses. Chosen by judgement, to save time. */
  private static final int MAX_SAMPLES = 1 << 13;

  /**
   * The likelihood of a sample that no other kernel reaches is set to the density of one kernel at
   * this many bandwidths, where a {@link KernelLevel} cuts kernels off.
   */
  private static final double ALONE = LevelLattice.REACH;

  /**
   * The greatest bandwidth of a sample over the geometric mean of all. Chosen by judgement: it
   * bounds the kernels of outliers, and so the number of levels of {@link BinnedKernels}.
   */
  private static final double MAX_FACTOR = 32;

  /** Octaves that the search may go to either side of its start. Chosen by judgement. */
  private static final int MAX_OCTAVES = 12;

  private final double scale;
  private final double[] ofSamples; // [samples in the window]

  private SampleBandwidths(double scale, double[] ofSamples) {
    this.scale = scale;
    this.ofSamples = ofSamples;
  }

  /** Chooses the bandwidths of samples of which at least one is in the window. */
  static SampleBandwidths of(SamplesInWindow samples) {
    SamplesInWindow some = samples.evenlySpaced(MAX_SAMPLES);
    double shrink =
        Math.pow((double) some.size() / samples.size(), 1.0 / (samples.dimensions() + 4));
    double[] ones = new double[samples.size()];
    Arrays.fill(ones, 1);
    double h = shrink * best(some, Arrays.copyOf(ones, some.size()), start(some));
    double[] factors = abramson(samples, ones, h);
    double[] ofSome = new double[some.size()];
    Arrays.setAll(ofSome, i -> factors[samples.strided(i, ofSome.length)]);
    double scale = shrink * best(some, ofSome, h / shrink);
    return new SampleBandwidths(
        scale, Arrays.stream(factors).map(factor -> factor * scale).toArray());
  }

  /**
   * Returns where the search for h starts: half of the smaller standard deviation over the axes
   * that spread, times n^(-1 / (d + 4)).
   */
  private static double start(SamplesInWindow samples) {
    double sd = Double.POSITIVE_INFINITY;
    for (int axis = 0; axis < samples.dimensions(); axis++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < samples.size(); i++) {
        double value = axis == 0 ? samples.x(i) : samples.y(i);
        sum += value;
        squares += value * value;
      }
      double mean = sum / samples.size();
      double variance = squares / samples.size() - mean * mean;
      boolean spreads = variance > 1e-12 * mean * mean; // more than rounding explains
      sd = spreads ? Math.min(sd, Math.sqrt(variance)) : sd;
    }
    double order = Math.pow(samples.size(), -1.0 / (samples.dimensions() + 4));
    return (Double.isInfinite(sd) ? 1 : sd) * order / 2;
  }

  /** Returns h_i / s of every sample, from the pilot with bandwidth h. */
  private static double[] abramson(SamplesInWindow samples, double[] ones, double h) {
    BinnedKernels pilot = BinnedKernels.of(samples, ones, h, false);
    BinnedKernels.KernelSums value = new BinnedKernels.KernelSums();
    double[] logPilot = new double[samples.size()];
    for (int i = 0; i < logPilot.length; i++) {
      pilot.at(samples.x(i), samples.y(i), value);
      logPilot[i] = Math.log(value.density);
    }
    double mean = Arrays.stream(logPilot).average().orElseThrow();
    double[] factors = new double[logPilot.length];
    Arrays.setAll(factors, i -> Math.min(MAX_FACTOR, Math.exp(-0.5 * (logPilot[i] - mean))));
    return factors;
  }

  /**
   * Returns the scale of the greatest likelihood: by climbing in octaves, then in half octaves, and
   * at last by a parabola through three values.
   */
  private static double best(SamplesInWindow samples, double[] factors, double start) {
    DoubleUnaryOperator likelihood =
        halfOctaves -> logLikelihood(samples, factors, start * Math.pow(2, halfOctaves / 2));
    double[] known = new double[4 * MAX_OCTAVES + 5]; // by half octaves
    Arrays.fill(known, Double.NaN);
    int centre = known.length / 2;
    int best = 0;
    for (int step = 2; step >= 1; step--) {
      boolean climbing = true;
      while (climbing) {
        int from = best;
        for (int at : new int[] {from - step, from, from + step}) {
          if (Double.isNaN(known[centre + at])) {
            known[centre + at] = likelihood.applyAsDouble(at);
          }
          best = known[centre + at] > known[centre + best] ? at : best;
        }
        climbing = best != from && Math.abs(best) < 2 * MAX_OCTAVES;
      }
    }
    double below = known[centre + best - 1];
    double here = known[centre + best];
    double above = known[centre + best + 1];
    double curvature = below - 2 * here + above;
    double offset = curvature < 0 ? (below - above) / (2 * curvature) : 0;
    return start * Math.pow(2, (best + offset) / 2);
  }

  /** Returns the mean over the samples of log q^_{-i}(x_i). */
  private static double logLikelihood(SamplesInWindow samples, double[] factors, double scale) {
    BinnedKernels kernels = BinnedKernels.of(samples, factors, scale, false);
    BinnedKernels.KernelSums value = new BinnedKernels.KernelSums();
    int d = samples.dimensions();
    double n = samples.total();
    double sum = 0;
    for (int i = 0; i < samples.size(); i++) {
      double x = samples.x(i);
      double y = samples.y(i);
      double h = factors[i] * scale;
      kernels.at(x, y, value);
      double alone = Math.pow(2 * Math.PI * h * h, -0.5 * d) * Math.exp(-ALONE * ALONE / 2) / n;
      sum += Math.log(Math.max(alone, value.density - kernels.own(x, y, h)) * n / (n - 1));
    }
    return sum / samples.size();
  }

  /** Returns s, the geometric mean bandwidth. */
  double scale() {
    return scale;
  }

  /** Returns h_i of every sample in the window. */
  double[] ofSamples() {
    return ofSamples;
  }
}
