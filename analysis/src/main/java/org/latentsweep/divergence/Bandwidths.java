package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Bandwidths of an adaptive kernel density estimate after Abramson (1982), "On bandwidth variation
 * in kernel estimates", with exponent 1/2:
 *
 * <pre>h_i = s (pilot(x_i) / g)^(-1/2),    g the geometric mean of pilot(x_i)</pre>
 *
 * The pilot is the estimate of one bandwidth h. Both h and s maximise the leave-one-out log
 * likelihood, sum_i log q^_{-i}(x_i) (likelihood cross-validation, Habbema, Hermans and van den
 * Broek 1974), which is to minimise the divergence of q from q^; no reference to a normal is made.
 * They are sought among at most {@value #MOST} samples m, and then shrunk by (m / n)^(1 / (d + 4)),
 * as the best bandwidth of a smooth density does.
 */
final class Bandwidths {
  private static final int MOST = 1 << 13;

  /** Where a sample is alone in its kernel's reach, its likelihood is that of this many h. */
  private static final double ALONE = KernelLevel.REACH;

  /** A sample's bandwidth over their geometric mean, at most. */
  private static final double WIDEST = 32;

  private static final int FURTHEST = 12; // octaves of the search on either side

  private final double scale;
  private final double[] bandwidths; // [samples in the window]

  /** Chooses the bandwidths of samples of which at least one is in the window. */
  Bandwidths(SamplesInWindow samples) {
    SamplesInWindow some = samples.every(MOST);
    double shrink =
        Math.pow((double) some.size() / samples.size(), 1.0 / (samples.dimensions() + 4));
    double[] ones = new double[samples.size()];
    Arrays.fill(ones, 1);
    double h = shrink * best(some, Arrays.copyOf(ones, some.size()), start(some));
    double[] factors = abramson(samples, ones, h);
    double[] ofSome = new double[some.size()];
    Arrays.setAll(ofSome, i -> factors[samples.strided(i, ofSome.length)]);
    scale = shrink * best(some, ofSome, h / shrink);
    bandwidths = Arrays.stream(factors).map(factor -> factor * scale).toArray();
  }

  /** The smaller standard deviation over the axes that spread, for as many samples. */
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
      sd = variance > 1e-12 * mean * mean ? Math.min(sd, Math.sqrt(variance)) : sd;
    }
    double order = Math.pow(samples.size(), -1.0 / (samples.dimensions() + 4));
    return (Double.isInfinite(sd) ? 1 : sd) * order / 2;
  }

  private static double[] abramson(SamplesInWindow samples, double[] ones, double h) {
    BinnedKernels pilot = new BinnedKernels(samples, ones, h, false);
    BinnedKernels.Value value = new BinnedKernels.Value();
    double[] logPilot = new double[samples.size()];
    for (int i = 0; i < logPilot.length; i++) {
      pilot.at(samples.x(i), samples.y(i), value);
      logPilot[i] = Math.log(value.density);
    }
    double mean = Arrays.stream(logPilot).average().orElseThrow();
    double[] factors = new double[logPilot.length];
    Arrays.setAll(factors, i -> Math.min(WIDEST, Math.exp(-0.5 * (logPilot[i] - mean))));
    return factors;
  }

  /** The scale of the greatest likelihood: by octaves, by half octaves, then by a parabola. */
  private static double best(SamplesInWindow samples, double[] factors, double start) {
    DoubleUnaryOperator likelihood =
        halfOctaves -> logLikelihood(samples, factors, start * Math.pow(2, halfOctaves / 2));
    double[] known = new double[4 * FURTHEST + 5]; // by half octaves
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
        climbing = best != from && Math.abs(best) < 2 * FURTHEST;
      }
    }
    double below = known[centre + best - 1];
    double here = known[centre + best];
    double above = known[centre + best + 1];
    double curvature = below - 2 * here + above;
    double offset = curvature < 0 ? (below - above) / (2 * curvature) : 0;
    return start * Math.pow(2, (best + offset) / 2);
  }

  /** Mean over samples of log q^_{-i}(x_i). */
  private static double logLikelihood(SamplesInWindow samples, double[] factors, double scale) {
    BinnedKernels kernels = new BinnedKernels(samples, factors, scale, false);
    BinnedKernels.Value value = new BinnedKernels.Value();
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

  /** s, the geometric mean bandwidth. */
  double scale() {
    return scale;
  }

  /** h_i of every sample in the window. */
  double[] ofSamples() {
    return bandwidths;
  }
}
