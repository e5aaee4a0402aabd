package org.latentsweep.divergence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Floors;
import org.latentsweep.metric.Medians;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

/**
 * A study of how often the confidence intervals of divergences contain the true value: samples of a
 * known distribution q are drawn repeatedly and measured against a target p. The true values are
 * quadratures of the densities, computed anew in each study.
 */
public final class IntervalStudy {
  /** The seed of the first repetition, so that no samples are those of a floor, seeded from 1. */
  private static final int FIRST_SEED = 1000;

  private static final Bandwidth BANDWIDTH = new Bandwidth(1);

  private IntervalStudy() {}

  /**
   * The results for one metric of one pair of distributions.
   *
   * @param p name of the target
   * @param q description of the distribution of the samples
   * @param metric name of the metric
   * @param truth true value of the metric, in nats
   * @param mean mean of the estimates over the repetitions
   * @param sd standard deviation of the estimates over the repetitions, NaN if some are infinite
   * @param standardError mean of the standard errors that the estimator gave
   * @param width median width of the closed intervals, over the 2 * 1.96 * sd that a normal
   *     distribution of the estimates needs; NaN if none is closed
   * @param open share of the repetitions whose interval has an infinite end
   * @param coverage share of the repetitions whose 95% interval contained the true value, or whose
   *     estimate was infinite like the true value
   */
  public record StudyRow(
      String p,
      String q,
      int n,
      String metric,
      double truth,
      double mean,
      double sd,
      double standardError,
      double width,
      double open,
      double coverage) {}

  /**
   * Runs the study.
   *
   * @param sizes numbers of samples in a repetition, each at least {@value
   *     org.latentsweep.metric.PointsCheck#MIN_POINTS}
   * @param repetitions number of repetitions, at least 2
   * @param progress receives a message for each pair and size that is done
   * @return the rows, pair by pair
   */
  public static List<StudyRow> run(
      List<Integer> sizes, int repetitions, Consumer<String> progress) {
    List<StudyRow> rows = new ArrayList<>();
    for (StudyPair pair : StudyPair.all()) {
      Map<String, Double> truths = truths(pair);
      for (int n : sizes) {
        Map<String, List<Metric>> measured =
            IntStream.range(0, repetitions)
                .parallel()
                .mapToObj(r -> measure(pair.p(), Floors.draw(pair.q(), n, FIRST_SEED + r)))
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Metric::metric));
        truths.forEach((metric, truth) -> rows.add(row(pair, n, truth, measured.get(metric))));
        progress.accept(
            String.format(
                Locale.ROOT, "%s | %s | %,d samples", pair.p().name(), pair.q().name(), n));
      }
    }
    return rows;
  }

  private static List<Metric> measure(TargetDistribution p, float[] points) {
    List<Metric> metrics = new ArrayList<>(SmoothedDivergences.of(p, points, BANDWIDTH));
    metrics.addAll(UnsmoothedDivergences.of(p, points));
    return metrics;
  }

  private static StudyRow row(StudyPair pair, int n, double truth, List<Metric> measured) {
    double mean = mean(measured.stream().mapToDouble(Metric::value));
    double variance =
        measured.stream().mapToDouble(m -> Math.pow(m.value() - mean, 2)).sum()
            / (measured.size() - 1);
    double sd = Math.sqrt(variance);
    double[] closed =
        measured.stream()
            .mapToDouble(m -> m.ciHigh() - m.ciLow())
            .filter(Double::isFinite)
            .toArray();
    return new StudyRow(
        pair.p().name(),
        pair.q() == pair.p() ? "itself" : pair.q().name(),
        n,
        measured.get(0).metric(),
        truth,
        mean,
        sd,
        mean(measured.stream().mapToDouble(Metric::standardError)),
        closed.length == 0 ? Double.NaN : Medians.median(closed) / (2 * Metric.Z95 * sd),
        share(measured, m -> Double.isInfinite(m.ciLow()) || Double.isInfinite(m.ciHigh())),
        share(measured, m -> m.value() == truth || m.ciLow() <= truth && truth <= m.ciHigh()));
  }

  private static double mean(DoubleStream values) {
    return values.average().orElseThrow();
  }

  private static double share(List<Metric> measured, Predicate<Metric> condition) {
    return (double) measured.stream().filter(condition).count() / measured.size();
  }

  /** Returns the true values by the names of the metrics. */
  private static Map<String, Double> truths(StudyPair pair) {
    Map<String, Double> truths = new LinkedHashMap<>();
    Quadrature smoothed = Quadrature.of(pair, BANDWIDTH.of(pair.p()));
    truths.put(SmoothedDivergences.KL_FORWARD, smoothed.forward());
    truths.put(SmoothedDivergences.KL_REVERSE, smoothed.reverse());
    truths.put(SmoothedDivergences.KL_MEAN, (smoothed.forward() + smoothed.reverse()) / 2);
    truths.put(SmoothedDivergences.JS, smoothed.js());
    Quadrature unsmoothed = pair.p().smoothedInClosedForm() ? Quadrature.of(pair, 0) : null;
    double forward = unsmoothed == null ? Quadrature.forward(pair) : unsmoothed.forward();
    truths.put(UnsmoothedDivergences.KL_KDE_FORWARD, forward);
    truths.put(UnsmoothedDivergences.KL_KNN_FORWARD, forward);
    truths.put(
        UnsmoothedDivergences.KL_ENTROPY_REVERSE,
        unsmoothed == null ? reverseFromSpiral(pair) : unsmoothed.reverse());
    return truths;
  }

  /** Returns KL(q || p), where p is the spiral: infinite if q has mass outside its band. */
  private static double reverseFromSpiral(StudyPair pair) {
    return pair.q() instanceof MappedSpiral q ? q.reverse(pair.p()) : Double.POSITIVE_INFINITY;
  }
}
