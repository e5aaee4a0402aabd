package org.latentsweep.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.Mode;

/**
 * How samples represent the modes of a mixture, by the conventions of VEEGAN (Srivastava et al.
 * 2017) and PacGAN (Lin et al. 2018). A sample belongs to the mode that is nearest in the mode's
 * standard deviations, and is of high quality within {@value #HIGH_QUALITY_LIMIT} of them. A mode
 * is covered by {@value #BLOCK} samples if one of high quality belongs to it.
 *
 * <p>If there are more samples, {@value #MODES_COVERED} and {@value #MODE_KL} are means over all
 * subsets of {@value #BLOCK} (see {@link Rarefaction}); if there are fewer, they are the values for
 * all of them.
 */
public final class ModeMetrics {
  /** Name of the metric that is the number of modes covered. */
  public static final String MODES_COVERED = "modes_covered";

  /** Name of the metric that is the share of samples of high quality. */
  public static final String HIGH_QUALITY = "high_quality";

  /**
   * Name of the metric that is the divergence, in nats, of the samples' shares of the modes from
   * the modes' weights.
   */
  public static final String MODE_KL = "mode_kl";

  /** Name of the metric that is the number of samples of the largest mode over the smallest. */
  public static final String MODE_WEIGHT_MAX_RATIO = "mode_weight_max_ratio";

  /** Name of the metric that is the width of the samples' modes over that of the target's. */
  public static final String MODE_SD_RATIO = "mode_sd_ratio";

  /**
   * Standard deviations from the centre of a mode up to which a sample is of high quality, by the
   * convention of both papers.
   */
  public static final double HIGH_QUALITY_LIMIT = 3;

  /** Samples among which a mode is covered or not, by the convention of both papers. */
  private static final int BLOCK = 2500;

  private final List<Mode> modes;
  private final ModeAssignment assignment;
  private final int n;
  private final Rarefaction rarefaction;

  private ModeMetrics(List<Mode> modes, ModeAssignment assignment) {
    this.modes = modes;
    this.assignment = assignment;
    n = assignment.samples();
    rarefaction = new Rarefaction(n, Math.min(n, BLOCK));
  }

  /**
   * Returns the share of the samples of a normal that are of high quality, P(d/2, 9/2), with P the
   * regularised gamma function.
   *
   * @param dimensions d, at least 1
   */
  public static double highQualityShare(int dimensions) {
    return RegularizedGamma.P.value(dimensions / 2.0, HIGH_QUALITY_LIMIT * HIGH_QUALITY_LIMIT / 2);
  }

  /**
   * Measures samples.
   *
   * @param modes the components of the mixture, two or more
   * @param points samples, row-major [n, d]
   * @return the metrics in the order of the names above; {@value #MODE_SD_RATIO} only if a mode has
   *     enough samples
   */
  static List<Metric> of(List<Mode> modes, float[] points) {
    ModeAssignment assignment = ModeAssignment.of(modes, points);
    ModeMetrics metrics = new ModeMetrics(modes, assignment);
    List<Metric> estimates =
        new ArrayList<>(
            List.of(
                metrics.modesCovered(),
                metrics.highQuality(),
                metrics.modeKl(),
                metrics.weightRatio()));
    ModeSpread spread = new ModeSpread(modes, assignment, points);
    if (spread.isDefined()) {
      estimates.add(spread.ratio());
    }
    return estimates;
  }

  /**
   * sum_m [1 - C(n - g_m, N) / C(n, N)] for g_m samples of high quality in mode m: the expected
   * number of modes in a subset of N.
   *
   * <p>The interval combines those of the modes' terms 1 - (1 - pi_m)^N, each from the score
   * interval for pi_m with the correction for continuity, by the recovery of variances (Zou and
   * Donner 2008). So it takes into account that a mode that was missed may only be rare. The
   * standard error is the width of the interval over 2 * 1.96.
   */
  private Metric modesCovered() {
    double value = 0;
    double below = 0;
    double above = 0;
    for (int m = 0; m < assignment.modes(); m++) {
      long count = assignment.highQuality(m);
      double term = 1 - rarefaction.missed(count);
      value += term;
      below += Math.pow(Math.max(0, term - covered(shareLimit(count, -1))), 2);
      above += Math.pow(Math.max(0, covered(shareLimit(count, 1)) - term), 2);
    }
    double low = Math.max(0, value - Math.sqrt(below));
    double high = Math.min(modes.size(), value + Math.sqrt(above));
    return Metric.withInterval(
        MODES_COVERED, "rarefied-2500", value, (high - low) / (2 * Metric.Z95), low, high, n);
  }

  private double covered(double share) {
    return 1 - Math.pow(1 - share, rarefaction.block());
  }

  /**
   * Returns an end of Wilson's interval with the correction for continuity (Newcombe 1998, method
   * 4), which counts of 0 and 1 need: [2np + z^2 +- (1 + z sqrt(z^2 - 1/n -+ (4p - 2) + 4np(1 -
   * p)))] / 2(n + z^2).
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

  private Metric highQuality() {
    long count = IntStream.range(0, n).filter(i -> assignment.mode(i) >= 0).count();
    return Estimates.share(HIGH_QUALITY, "share-within-3-sd", count, n);
  }

  /**
   * Mean over subsets of N of sum_m s_m log(s_m / w_m), in nats, where s_m is the share of the
   * subset that belongs to mode m and w_m the weight of the mode: the divergence of the PacGAN
   * paper, generalised to unequal weights.
   */
  private Metric modeKl() {
    double value = 0;
    for (int m = 0; m < assignment.modes(); m++) {
      long count = assignment.nearest(m);
      value += count == 0 ? 0 : rarefaction.meanDivergenceTerm(count, modes.get(m).weight());
    }
    return Estimates.notNegative(MODE_KL, "rarefied-2500", value, modeKlError(), n);
  }

  /**
   * Returns the standard error for multinomial counts to second order. The variance is that of
   * log(s_m / w_m) under the shares over n, plus (M - 1) / 2n^2. Estimated shares make the former
   * too large by (M - 1) / n^2 on average, so that on balance (M - 1) / 2n^2 is subtracted, and the
   * result is at least that. Counts are raised by 1/2, because a mode that was missed may only be
   * rare.
   */
  private double modeKlError() {
    int count = assignment.modes();
    double mean = 0;
    double squares = 0;
    for (int m = 0; m < count; m++) {
      double share = (assignment.nearest(m) + 0.5) / (n + 0.5 * count);
      double log = Math.log(share / modes.get(m).weight());
      mean += share * log;
      squares += share * log * log;
    }
    double secondOrder = (count - 1) / (2.0 * n * n);
    return Math.sqrt(Math.max((squares - mean * mean) / n - secondOrder, secondOrder));
  }

  /**
   * max_m s_m / min_m s_m over the shares s_m of samples that belong to the modes. It is infinite
   * if a mode has no sample, and biased upwards if the shares are equal. The interval contains the
   * logarithms of the ratios of all pairs of modes at once with probability 95% or more
   * (Bonferroni); counts are raised by 1/2 there, because they may be 0 (Haldane).
   */
  private Metric weightRatio() {
    long max = 0;
    long min = n;
    double z = simultaneousZ();
    double low = 0;
    double high = 0;
    for (int a = 0; a < assignment.modes(); a++) {
      long count = assignment.nearest(a);
      max = Math.max(max, count);
      min = Math.min(min, count);
      for (int b = 0; b < assignment.modes(); b++) {
        long other = assignment.nearest(b);
        double log = Math.log((count + 0.5) / (other + 0.5));
        double half = z * Math.sqrt(1 / (count + 0.5) + 1 / (other + 0.5));
        low = Math.max(low, log - half);
        high = Math.max(high, log + half);
      }
    }
    double value = (double) max / min;
    return Metric.withInterval(
        MODE_WEIGHT_MAX_RATIO,
        "nearest-mode",
        value,
        min == 0 ? Double.NaN : value * Math.sqrt(1.0 / max + 1.0 / min),
        Math.exp(low),
        min == 0 ? Double.POSITIVE_INFINITY : Math.exp(high),
        n);
  }

  /** Returns the normal quantile at which the intervals of all pairs hold at once with 95%. */
  private double simultaneousZ() {
    double pairs = modes.size() * (modes.size() - 1) / 2.0;
    return Math.sqrt(2) * InverseErfc.value(0.05 / pairs);
  }
}
