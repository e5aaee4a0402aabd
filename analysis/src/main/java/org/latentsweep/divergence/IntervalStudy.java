package org.latentsweep.divergence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Floors;
import org.latentsweep.metric.Metric;
import org.latentsweep.metric.SeedSummary;
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
   * @param sd standard deviation of the estimates over the repetitions
   * @param standardError mean of the standard errors that the estimator gave
   * @param coverage share of the repetitions whose 95% interval contained the true value
   */
  public record StudyRow(
      String p,
      String q,
      String metric,
      double truth,
      double mean,
      double sd,
      double standardError,
      double coverage) {}

  /**
   * Runs the study.
   *
   * @param n number of samples in each repetition, at least {@value
   *     org.latentsweep.metric.PointsCheck#MIN_POINTS}
   * @param repetitions number of repetitions, at least 2
   * @param progress receives a message for each pair that is done
   * @return the rows, pair by pair
   */
  public static List<StudyRow> run(int n, int repetitions, Consumer<String> progress) {
    List<StudyRow> rows = new ArrayList<>();
    for (StudyPair pair : StudyPair.all()) {
      Map<String, Double> truths = truths(pair);
      Map<String, List<Metric>> measured =
          IntStream.range(0, repetitions)
              .parallel()
              .mapToObj(r -> measure(pair.p(), Floors.draw(pair.q(), n, FIRST_SEED + r)))
              .flatMap(List::stream)
              .collect(Collectors.groupingBy(Metric::metric));
      truths.forEach((metric, truth) -> rows.add(row(pair, metric, truth, measured.get(metric))));
      progress.accept("%s | %s".formatted(pair.p().name(), pair.q().name()));
    }
    return rows;
  }

  private static List<Metric> measure(TargetDistribution p, float[] points) {
    List<Metric> metrics = new ArrayList<>(SmoothedDivergences.of(p, points, BANDWIDTH));
    metrics.addAll(UnsmoothedDivergences.of(p, points));
    return metrics;
  }

  private static StudyRow row(StudyPair pair, String metric, double truth, List<Metric> measured) {
    SeedSummary values = SeedSummary.of(measured.stream().mapToDouble(Metric::value).toArray());
    long held = measured.stream().filter(m -> m.ciLow() <= truth && truth <= m.ciHigh()).count();
    return new StudyRow(
        pair.p().name(),
        pair.q() == pair.p() ? "itself" : pair.q().name(),
        metric,
        truth,
        values.mean(),
        values.standardDeviation(),
        measured.stream().mapToDouble(Metric::standardError).average().orElseThrow(),
        (double) held / measured.size());
  }

  /** Returns the true values by the names of the metrics. */
  private static Map<String, Double> truths(StudyPair pair) {
    Map<String, Double> truths = new LinkedHashMap<>();
    Quadrature smoothed = Quadrature.of(pair, BANDWIDTH.of(pair.p()));
    truths.put(SmoothedDivergences.KL_FORWARD, smoothed.forward());
    truths.put(SmoothedDivergences.KL_REVERSE, smoothed.reverse());
    truths.put(SmoothedDivergences.KL_MEAN, (smoothed.forward() + smoothed.reverse()) / 2);
    truths.put(SmoothedDivergences.JS, smoothed.js());
    if (pair.p().smoothedInClosedForm()) {
      Quadrature unsmoothed = Quadrature.of(pair, 0);
      truths.put(UnsmoothedDivergences.KL_KDE_FORWARD, unsmoothed.forward());
      truths.put(UnsmoothedDivergences.KL_KNN_FORWARD, unsmoothed.forward());
      truths.put(UnsmoothedDivergences.KL_ENTROPY_REVERSE, unsmoothed.reverse());
    } else { // samples of q lie outside the support of p: the reverse divergence is infinite
      double forward = Quadrature.forward(pair);
      truths.put(UnsmoothedDivergences.KL_KDE_FORWARD, forward);
      truths.put(UnsmoothedDivergences.KL_KNN_FORWARD, forward);
    }
    return truths;
  }
}
