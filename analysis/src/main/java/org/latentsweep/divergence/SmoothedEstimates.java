package org.latentsweep.divergence;

import java.util.EnumMap;
import java.util.Map;
import org.latentsweep.metric.Metric;

/**
 * Combines the parts of {@link SmoothedEstimator} into values, standard errors and intervals.
 *
 * @param plugIn the values before any correction
 * @param secondOrder bias and noise of each divergence
 * @param influences variances of the first order
 * @param scarce what remains to be extrapolated where samples are scarce
 * @param outerVariance variance of KL(q || p) by the choice of outer sites
 * @param rounded whether these are {@link RoundedSamples}
 * @param dimensions d
 * @param n number of samples
 */
record SmoothedEstimates(
    PlugIn plugIn,
    Map<Divergence, SecondOrder> secondOrder,
    InfluenceCovariances influences,
    ScarcePart scarce,
    double outerVariance,
    boolean rounded,
    int dimensions,
    int n) {
  /**
   * The width of {@link ScarcePart}, in nats and as a share of the value, up to which the forward
   * interval is closed. Chosen by judgement from simulations of pairs whose truth is known, at
   * 1,000 to 200,000 samples: closed intervals hold, and those that would not, of missing modes and
   * of correlated, narrow and shifted normals, are open.
   */
  private static final double CLOSED_WIDTH = 0.02;

  private static final double CLOSED_SHARE = 0.15;

  /**
   * Largest error by the binning of rounded samples, as a share of the value. Chosen by judgement:
   * the largest that was seen was 1.2%.
   */
  private static final double ROUNDED_SHARE = 0.015;

  /**
   * Largest error of KL(q || p) and of the Jensen-Shannon divergence by the binning of rounded
   * samples, in nats per dimension: half of the relative error of the kernel's variance, because
   * the entropy of q cannot depend on the logarithm of the variance more than by 1/2.
   */
  private static final double ROUNDED_NATS = 0.5 / 150;

  /** A bound of the relative error of the sums over the grid. Chosen by judgement. */
  private static final double NUMERICAL = 1e-6;

  /** Returns an estimate for every constant of {@link Divergence}. */
  Map<Divergence, SmoothedEstimate> all() {
    Map<Divergence, SmoothedEstimate> estimates = new EnumMap<>(Divergence.class);
    SmoothedEstimate forward = forward();
    SmoothedEstimate reverse = reverse();
    estimates.put(Divergence.KL_FORWARD, forward);
    estimates.put(Divergence.KL_REVERSE, reverse);
    estimates.put(Divergence.KL_MEAN, mean(forward, reverse));
    estimates.put(Divergence.JS, js());
    estimates.put(Divergence.KL_SKEW, skew());
    return estimates;
  }

  private SmoothedEstimate forward() {
    SecondOrder terms = secondOrder.get(Divergence.KL_FORWARD);
    double corrected = plugIn.forward() - terms.bias();
    double change = scarce.change().forward();
    double firstOrder = standardError(influences.forward(), terms);
    if (isClosed(corrected + change)) {
      return closed(
          Divergence.KL_FORWARD,
          plugIn.forward(),
          terms.bias() - change,
          firstOrder,
          scarce.left(change),
          scarce.mass());
    }
    double value = Math.max(0, corrected + Math.max(change, -scarce.width() / 2));
    double ofTrusted = Metric.Z95 * standardError(influences.trusted(), terms);
    return new SmoothedEstimate(
        plugIn.forward(),
        plugIn.forward() - value,
        Math.hypot(firstOrder, scarce.left(change)),
        Math.max(0, Math.min(value, corrected - scarce.width() - ofTrusted)),
        Double.POSITIVE_INFINITY,
        scarce.mass(),
        rounded);
  }

  private boolean isClosed(double value) {
    return isClosed(scarce.width(), value);
  }

  /** Returns whether the forward interval is closed, with the width of {@link ScarcePart}. */
  static boolean isClosed(double width, double value) {
    return width <= Math.max(CLOSED_WIDTH, CLOSED_SHARE * value);
  }

  private SmoothedEstimate reverse() {
    SecondOrder terms = secondOrder.get(Divergence.KL_REVERSE);
    double firstOrder =
        Math.hypot(standardError(influences.reverse(), terms), Math.sqrt(outerVariance));
    return extrapolated(
        Divergence.KL_REVERSE, plugIn.reverse(), firstOrder, scarce.change().reverse());
  }

  private SmoothedEstimate mean(SmoothedEstimate forward, SmoothedEstimate reverse) {
    double value = (plugIn.forward() + plugIn.reverse()) / 2;
    double bias = (forward.bias() + reverse.bias()) / 2;
    double firstOrder =
        Math.hypot(
            standardError(influences.mean(), secondOrder.get(Divergence.KL_MEAN)),
            Math.sqrt(outerVariance) / 2);
    double left = scarce.left((scarce.change().forward() + scarce.change().reverse()) / 2);
    return forward.isOpen()
        ? new SmoothedEstimate(
            value,
            bias,
            Math.hypot(firstOrder, left),
            (forward.ciLow() + reverse.ciLow()) / 2,
            Double.POSITIVE_INFINITY,
            scarce.mass(),
            rounded)
        : closed(Divergence.KL_MEAN, value, bias, firstOrder, left, scarce.mass());
  }

  private SmoothedEstimate js() {
    double firstOrder = standardError(influences.js(), secondOrder.get(Divergence.JS));
    return extrapolated(Divergence.JS, plugIn.js(), firstOrder, scarce.change().js());
  }

  private SmoothedEstimate skew() {
    double firstOrder = standardError(influences.skew(), secondOrder.get(Divergence.KL_SKEW));
    return extrapolated(Divergence.KL_SKEW, plugIn.skew(), firstOrder, scarce.change().skew());
  }

  private SmoothedEstimate extrapolated(
      Divergence divergence, double plugIn, double firstOrder, double change) {
    double bias = secondOrder.get(divergence).bias() - ScarcePart.extrapolation(change);
    return closed(divergence, plugIn, bias, firstOrder, scarce.left(change), Double.NaN);
  }

  /**
   * Returns an estimate with a normal interval around the value, both cut to what the divergence
   * can be. So an interval never has the width 0 because the value is a little below 0.
   *
   * @param firstOrder standard error without that of the corrections where samples are scarce
   * @param left standard deviation of what these corrections leave
   */
  private SmoothedEstimate closed(
      Divergence divergence,
      double plugIn,
      double bias,
      double firstOrder,
      double left,
      double floored) {
    double value = cut(divergence, plugIn - bias);
    double standardError = Math.hypot(firstOrder, left);
    double half = Math.hypot(Metric.Z95 * standardError, numericalError(divergence, value));
    return new SmoothedEstimate(
        plugIn,
        bias,
        standardError,
        cut(divergence, value - half),
        cut(divergence, value + half),
        floored,
        rounded);
  }

  private double numericalError(Divergence divergence, double value) {
    if (!rounded) {
      return NUMERICAL * value;
    }
    boolean ofEntropy = divergence == Divergence.KL_REVERSE || divergence == Divergence.JS;
    double share = ROUNDED_SHARE * value;
    return ofEntropy ? Math.min(share, ROUNDED_NATS * dimensions) : share;
  }

  private static double cut(Divergence divergence, double end) {
    return Math.max(0, Math.min(divergence.max(), end));
  }

  private double standardError(double influenceVariance, SecondOrder terms) {
    double t = Math.pow(2, -0.5 * dimensions) * terms.noise(); // n T
    double variance = Math.max(influenceVariance - t / 2, influenceVariance / 2);
    return Math.sqrt(Math.max(0, variance) / n);
  }
}
