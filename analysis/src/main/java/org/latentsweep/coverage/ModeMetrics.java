package org.latentsweep.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.Mode;

/**
 * What samples make of the modes of a mixture, by the conventions of VEEGAN (Srivastava et al.
 * 2017) and PacGAN (Lin et al. 2018): a sample belongs to the mode that is nearest in the mode's
 * standard deviations, it is of high quality within {@value #LIMIT} of them, and a mode is covered
 * among {@value #BLOCK} samples if one of high quality belongs to it.
 *
 * <p>Of more samples, {@code modes_covered} and {@code mode_kl} are means over all subsets of
 * {@value #BLOCK}: what the mean over disjoint blocks estimates, with less noise, and the same in
 * whatever order the samples come. Of fewer, all are one block.
 */
final class ModeMetrics {
  private static final int BLOCK = 2500;
  private static final double LIMIT = 3;

  /** Samples of high quality from which a mode's standard deviation is taken. */
  private static final int LEAST_FOR_SD = 20;

  private final List<Mode> modes;
  private final int dimensions;
  private final int n;
  private final int block;
  private final long[] nearest; // [M]
  private final long[] good; // [M], of high quality
  private final int[] mode; // [n], -1 where not of high quality
  private final float[] points; // [n, d]

  /** Tallies samples, row-major [n, d]. */
  ModeMetrics(List<Mode> modes, float[] points) {
    this.modes = modes;
    this.points = points;
    dimensions = modes.get(0).centre().size();
    n = points.length / dimensions;
    block = Math.min(n, BLOCK);
    nearest = new long[modes.size()];
    good = new long[modes.size()];
    mode = new int[n];
    tally();
  }

  private void tally() {
    double[] centre =
        modes.stream().flatMap(m -> m.centre().stream()).mapToDouble(c -> c).toArray();
    double[] precision =
        modes.stream().mapToDouble(m -> Math.pow(m.standardDeviation(), -2)).toArray();
    for (int i = 0; i < n; i++) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int m = 0; m < precision.length; m++) {
        double squared = 0;
        for (int a = 0; a < dimensions; a++) {
          double difference = points[i * dimensions + a] - centre[m * dimensions + a];
          squared += difference * difference;
        }
        squared *= precision[m];
        if (squared < least) {
          least = squared;
          best = m;
        }
      }
      nearest[best]++;
      boolean isGood = least <= LIMIT * LIMIT;
      mode[i] = isGood ? best : -1;
      good[best] += isGood ? 1 : 0;
    }
  }

  /** The metrics; {@code mode_sd_ratio} only where a mode has samples enough. */
  List<Metric> estimates() {
    List<Metric> estimates =
        new ArrayList<>(List.of(modesCovered(), highQuality(), modeKl(), weightRatio()));
    if (IntStream.range(0, good.length).anyMatch(m -> good[m] >= LEAST_FOR_SD)) {
      estimates.add(sdRatio());
    }
    return estimates;
  }

  /**
   * sum_m [1 - C(n - g_m, N) / C(n, N)] for g_m samples of high quality in mode m: the expected
   * number of modes in a subset of N (rarefaction, Hurlbert 1971).
   *
   * <p>Its interval joins those of the modes' terms 1 - (1 - pi_m)^N, each from the score interval
   * for pi_m with the correction for continuity, by the recovery of variances of Zou and Donner
   * 2008: it knows that a mode that was missed may only be rare. The standard error is the
   * interval's width over 2 * 1.96.
   */
  private Metric modesCovered() {
    double value = 0;
    double below = 0;
    double above = 0;
    for (long count : good) {
      double term = 1 - missed(count);
      value += term;
      below += Math.pow(Math.max(0, term - covered(shareLimit(count, -1))), 2);
      above += Math.pow(Math.max(0, covered(shareLimit(count, 1)) - term), 2);
    }
    double low = Math.max(0, value - Math.sqrt(below));
    double high = Math.min(modes.size(), value + Math.sqrt(above));
    return new Metric(
        "modes_covered",
        "rarefied-2500",
        value,
        (high - low) / (2 * Metric.Z95),
        low,
        high,
        Double.NaN,
        n,
        Double.NaN,
        Double.NaN);
  }

  private double covered(double share) {
    return 1 - Math.pow(1 - share, block);
  }

  /**
   * An end of Wilson's interval corrected for continuity (Newcombe 1998, method 4), which counts of
   * 0 and 1 need: [2np + z^2 +- (1 + z sqrt(z^2 - 1/n -+ (4p - 2) + 4np(1 - p)))] / 2(n + z^2).
   *
   * @param sign -1 for the lower end, 1 for the upper one
   */
  private double shareLimit(long count, int sign) {
    if (count == (sign < 0 ? 0 : n)) {
      return sign < 0 ? 0 : 1;
    }
    double p = (double) count / n;
    double z = Metric.Z95;
    double root = Math.sqrt(z * z - 1.0 / n - sign * (4 * p - 2) + 4.0 * count * (1 - p));
    double end = (2 * count + z * z + sign * (1 + z * root)) / (2 * (n + z * z));
    return Math.max(0, Math.min(1, end));
  }

  /** C(n - count, N) / C(n, N) = prod_{i < count} (n - N - i) / (n - i). */
  private double missed(long count) {
    double product = 1;
    for (long i = 0; i < count && product > Double.MIN_NORMAL; i++) {
      product *= Math.max(0.0, n - block - i) / (n - i);
    }
    return product;
  }

  private Metric highQuality() {
    return Estimates.share(
        "high_quality", "share-within-3-sd", IntStream.of(mode).filter(m -> m >= 0).count(), n);
  }

  /**
   * Mean over subsets of N of sum_m s_m log(s_m / w_m), in nats, where s_m is the share of the
   * subset that belongs to mode m and w_m its weight: the divergence of the PacGAN paper, for
   * weights that need not be equal.
   */
  private Metric modeKl() {
    double value = 0;
    for (int m = 0; m < nearest.length; m++) {
      value += nearest[m] == 0 ? 0 : meanTerm(nearest[m], modes.get(m).weight());
    }
    return Estimates.notNegative("mode_kl", "rarefied-2500", value, modeKlError(), n);
  }

  /**
   * The multinomial's to second order: the variance of g_m = log(s_m / w_m) under the shares over
   * n, and (M - 1) / 2n^2 where that vanishes. Estimated shares make the former too large by (M -
   * 1) / n^2 on average, which is taken away. Counts are raised by 1/2: a mode that was missed may
   * be rare.
   */
  private double modeKlError() {
    double mean = 0;
    double squares = 0;
    for (int m = 0; m < nearest.length; m++) {
      double share = (nearest[m] + 0.5) / (n + 0.5 * nearest.length);
      double log = Math.log(share / modes.get(m).weight());
      mean += share * log;
      squares += share * log * log;
    }
    double secondOrder = (nearest.length - 1) / (2.0 * n * n);
    return Math.sqrt(Math.max((squares - mean * mean) / n - secondOrder, secondOrder));
  }

  /**
   * E[(K/N) log(K / (N w))] for K of N drawn without replacement from n, of which count are of the
   * mode. The hypergeometric probabilities come from their ratios, outwards from the largest.
   */
  private double meanTerm(long count, double weight) {
    long top = (long) ((block + 1.0) * (count + 1.0) / (n + 2.0));
    double total = 0;
    double sum = 0;
    double p = 1;
    for (long k = top; k <= Math.min(count, block) && p > 1e-18; k++) {
      total += p;
      sum += p * term(k, weight);
      p *= (count - k) / (k + 1.0) * (block - k) / (n - count - block + k + 1.0);
    }
    p = 1;
    for (long k = top; k > Math.max(0, block - (n - count)); k--) {
      p *= k / (count - k + 1.0) * (n - count - block + k) / (block - k + 1.0);
      if (p < 1e-18) {
        break;
      }
      total += p;
      sum += p * term(k - 1, weight);
    }
    return sum / total;
  }

  private double term(long k, double weight) {
    double share = (double) k / block;
    return k == 0 ? 0 : share * Math.log(share / weight);
  }

  /**
   * max_m s_m / min_m s_m over the shares of samples that belong to the modes; infinite where one
   * has none, and biased upwards where they are equal. In the interval the logarithms of all ratios
   * of two modes lie together, with probability 95% or more (Bonferroni); counts are raised by 1/2
   * there, for those that are zero (Haldane).
   */
  private Metric weightRatio() {
    long most = 0;
    long least = n;
    double z = simultaneousZ();
    double low = 0;
    double high = 0;
    for (long a : nearest) {
      most = Math.max(most, a);
      least = Math.min(least, a);
      for (long b : nearest) {
        double log = Math.log((a + 0.5) / (b + 0.5));
        double half = z * Math.sqrt(1 / (a + 0.5) + 1 / (b + 0.5));
        low = Math.max(low, log - half);
        high = Math.max(high, log + half);
      }
    }
    double value = (double) most / least;
    return new Metric(
        "mode_weight_max_ratio",
        "nearest-mode",
        value,
        least == 0 ? Double.NaN : value * Math.sqrt(1.0 / most + 1.0 / least),
        Math.exp(low),
        least == 0 ? Double.POSITIVE_INFINITY : Math.exp(high),
        Double.NaN,
        n,
        Double.NaN,
        Double.NaN);
  }

  private double simultaneousZ() {
    double pairs = modes.size() * (modes.size() - 1) / 2.0;
    return Math.sqrt(2) * InverseErfc.value(0.05 / pairs);
  }

  /**
   * Mean over the modes with {@value #LEAST_FOR_SD} samples of high quality or more of the standard
   * deviation of these about their mean, pooled over coordinates, over what it is for the target.
   *
   * <p>For a normal of standard deviation s, the squared distance from the centre over s^2 is
   * chi-square with d degrees of freedom; cut at c^2 = 9 its mean is d P(d/2 + 1, c^2/2) / P(d/2,
   * c^2/2) with the regularised gamma function P. So the truth's variance is s^2 times that
   * quotient of P: 0.9494 for d = 2 and 0.9733 for d = 1, and the samples' is divided by it. The
   * standard error is from the fourth moments.
   */
  private Metric sdRatio() {
    double[] squared = squaredDistancesFromMeans();
    double[] sum = new double[good.length];
    double[] squares = new double[good.length];
    for (int i = 0; i < n; i++) {
      if (mode[i] >= 0) {
        sum[mode[i]] += squared[i];
        squares[mode[i]] += squared[i] * squared[i];
      }
    }
    double total = 0;
    double variance = 0;
    int counted = 0;
    long used = 0;
    for (int m = 0; m < good.length; m++) {
      if (good[m] >= LEAST_FOR_SD) {
        double ratio = Math.sqrt(sum[m] / (good[m] - 1) / trueSquaredDistance(modes.get(m)));
        total += ratio;
        variance += ratio * ratio * relativeVariance(sum[m], squares[m], good[m]) / 4;
        counted++;
        used += good[m];
      }
    }
    return Estimates.notNegative(
        "mode_sd_ratio", "sd-within-3-sd", total / counted, Math.sqrt(variance) / counted, used);
  }

  /** Of every sample of high quality, from the mean of those of its mode, [n]. */
  private double[] squaredDistancesFromMeans() {
    double[] mean = new double[good.length * dimensions];
    double[] squared = new double[n];
    forEachGood(
        (i, a, m) -> mean[m * dimensions + a] += points[i * dimensions + a] / (double) good[m]);
    forEachGood(
        (i, a, m) -> {
          double difference = points[i * dimensions + a] - mean[m * dimensions + a];
          squared[i] += difference * difference;
        });
    return squared;
  }

  private double trueSquaredDistance(Mode mode) {
    double sd = mode.standardDeviation();
    return dimensions * sd * sd * truncation(dimensions);
  }

  /** Var(v) / E(v)^2 for a mean v of count numbers with this sum and sum of squares. */
  private static double relativeVariance(double sum, double squares, long count) {
    return sum == 0 ? 0 : Math.max(0, squares / (sum * sum) - 1.0 / count);
  }

  /** The share of a normal's variance that is left within {@value #LIMIT} standard deviations. */
  static double truncation(int dimensions) {
    double half = LIMIT * LIMIT / 2;
    return RegularizedGamma.P.value(dimensions / 2.0 + 1, half)
        / RegularizedGamma.P.value(dimensions / 2.0, half);
  }

  private interface Visitor {
    void visit(int sample, int axis, int mode);
  }

  private void forEachGood(Visitor visitor) {
    for (int i = 0; i < n; i++) {
      for (int a = 0; a < dimensions && mode[i] >= 0; a++) {
        visitor.visit(i, a, mode[i]);
      }
    }
  }
}
