package org.latentsweep.coverage;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.Mode;

/**
 * The mean over modes of the ratio between the standard deviation of the samples of high quality,
 * about their mean and pooled over coordinates, and that of the target's own samples.
 *
 * <p>For a normal of standard deviation s, the squared distance from the centre over s^2 has the
 * chi-square distribution with d degrees of freedom. Cut off at c^2 with c = 3 its mean is d P(d/2
 * + 1, c^2/2) / P(d/2, c^2/2), with P the regularised gamma function. So the variance of the
 * target's samples is s^2 times the quotient of P, which is 0.9494 for d = 2 and 0.9733 for d = 1.
 * The standard error follows from the fourth moments.
 */
final class ModeSpread {
  /**
   * The smallest number of samples of high quality from which the standard deviation of a mode is
   * estimated. Chosen by judgement: fewer give an estimate that is too uncertain.
   */
  private static final int MIN_SAMPLES = 20;

  private final List<Mode> modes;
  private final ModeAssignment assignment;
  private final float[] points; // [n, d]
  private final int dimensions;

  /** Takes samples, row-major [n, d], that are assigned to modes. */
  ModeSpread(List<Mode> modes, ModeAssignment assignment, float[] points) {
    this.modes = modes;
    this.assignment = assignment;
    this.points = points;
    dimensions = modes.get(0).centre().size();
  }

  /** Returns whether a mode has enough samples. */
  boolean isDefined() {
    return IntStream.range(0, modes.size()).anyMatch(this::hasEnough);
  }

  private boolean hasEnough(int m) {
    return assignment.highQuality(m) >= MIN_SAMPLES;
  }

  /** Returns {@link ModeMetrics#MODE_SD_RATIO}, over the modes with enough samples. */
  Metric ratio() {
    double[] squared = squaredDistancesFromMeans();
    double[] sum = new double[modes.size()];
    double[] squares = new double[modes.size()];
    for (int i = 0; i < squared.length; i++) {
      int m = assignment.mode(i);
      if (m >= 0) {
        sum[m] += squared[i];
        squares[m] += squared[i] * squared[i];
      }
    }
    double total = 0;
    double variance = 0;
    int counted = 0;
    long used = 0;
    for (int m = 0; m < modes.size(); m++) {
      if (hasEnough(m)) {
        long count = assignment.highQuality(m);
        double ratio = Math.sqrt(sum[m] / (count - 1) / trueSquaredDistance(modes.get(m)));
        total += ratio;
        variance += ratio * ratio * relativeVariance(sum[m], squares[m], count) / 4;
        counted++;
        used += count;
      }
    }
    return Estimates.notNegative(
        ModeMetrics.MODE_SD_RATIO,
        "sd-within-3-sd",
        total / counted,
        Math.sqrt(variance) / counted,
        used);
  }

  /** Returns for every sample of high quality the squared distance from the mean of its mode's. */
  private double[] squaredDistancesFromMeans() {
    double[] mean = new double[modes.size() * dimensions];
    double[] squared = new double[assignment.samples()];
    forEachCoordinate(
        (i, a, m) ->
            mean[m * dimensions + a] +=
                points[i * dimensions + a] / (double) assignment.highQuality(m));
    forEachCoordinate(
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

  /** Returns Var(v) / E(v)^2 for the mean v of count numbers with this sum and sum of squares. */
  private static double relativeVariance(double sum, double squares, long count) {
    return sum == 0 ? 0 : Math.max(0, squares / (sum * sum) - 1.0 / count);
  }

  /** Returns the share of a normal's variance that is left when it is cut off at 3 sd. */
  static double truncation(int dimensions) {
    double half = ModeMetrics.HIGH_QUALITY_LIMIT * ModeMetrics.HIGH_QUALITY_LIMIT / 2;
    return RegularizedGamma.P.value(dimensions / 2.0 + 1, half)
        / ModeMetrics.highQualityShare(dimensions);
  }

  private interface CoordinateVisitor {
    void visit(int sample, int axis, int mode);
  }

  /** Visits the coordinates of the samples of high quality. */
  private void forEachCoordinate(CoordinateVisitor visitor) {
    for (int i = 0; i < assignment.samples(); i++) {
      for (int a = 0; a < dimensions && assignment.mode(i) >= 0; a++) {
        visitor.visit(i, a, assignment.mode(i));
      }
    }
  }
}
