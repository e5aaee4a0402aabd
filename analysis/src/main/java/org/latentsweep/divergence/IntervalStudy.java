package org.latentsweep.divergence;

import java.lang.management.ManagementFactory;
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
 * known distribution q are drawn repeatedly and measured against a target p, and generators that
 * map noise to q are measured as {@link GeneratorDivergences}. The true values are quadratures of
 * the densities, computed anew in each study.
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
   * @param estimator name of the method of estimation
   * @param k number of latents of a generator, 0 if samples of q were measured
   * @param n number of samples, or of evaluations of a generator
   * @param repetitions number of intervals
   * @param metric name of the metric
   * @param truth true value of the metric, in nats
   * @param bias mean of the estimates over the repetitions minus the true value
   * @param sd standard deviation of the estimates over the repetitions, NaN if some are infinite
   * @param halfWidth median of half the widths of the closed intervals; NaN if none is closed
   * @param width halfWidth over the 1.96 sd that a normal distribution of the estimates needs
   * @param open share of the repetitions whose interval has an infinite end
   * @param coverage share of the repetitions whose 95% interval contained the true value, or whose
   *     estimate was infinite like the true value
   * @param seconds processor time that measuring a generator took, NaN for samples
   */
  public record StudyRow(
      String p,
      String q,
      String estimator,
      int k,
      long n,
      int repetitions,
      String metric,
      double truth,
      double bias,
      double sd,
      double halfWidth,
      double width,
      double open,
      double coverage,
      double seconds) {}

  /**
   * Runs the study.
   *
   * @param sizes numbers of samples in a repetition, each at least {@value
   *     org.latentsweep.metric.PointsCheck#MIN_POINTS}
   * @param repetitions number of repetitions, at least 2
   * @param generators whether to measure generators too
   * @param progress receives a message for each pair and size that is done
   * @param rows receives the rows, pair by pair
   */
  public static void run(
      List<Integer> sizes,
      int repetitions,
      boolean generators,
      Consumer<String> progress,
      Consumer<StudyRow> rows) {
    for (StudyPair pair : StudyPair.all()) {
      Map<String, Double> truths = truths(pair);
      for (int n : sizes) {
        samples(pair, truths, n, repetitions).forEach(rows);
        progress.accept(
            String.format(
                Locale.ROOT, "%s | %s | %,d samples", pair.p().name(), pair.q().name(), n));
      }
      if (generators) {
        pair.generators().forEach(g -> generator(pair, truths, g).forEach(rows));
      }
    }
  }

  private static List<StudyRow> samples(
      StudyPair pair, Map<String, Double> truths, int n, int repetitions) {
    Map<String, List<Metric>> measured =
        IntStream.range(0, repetitions)
            .parallel()
            .mapToObj(r -> measure(pair.p(), Floors.draw(pair.q(), n, FIRST_SEED + r)))
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(Metric::metric));
    return truths.entrySet().stream()
        .map(e -> row(pair, 0, e.getValue(), measured.get(e.getKey()), Double.NaN))
        .toList();
  }

  private static List<Metric> measure(TargetDistribution p, float[] points) {
    List<Metric> metrics = new ArrayList<>(SmoothedDivergences.of(p, points, BANDWIDTH));
    metrics.addAll(UnsmoothedDivergences.of(p, points));
    return metrics;
  }

  /** Measures a generator twice, as a run finds what is computed once for each target. */
  static List<StudyRow> generator(
      StudyPair pair, Map<String, Double> truths, StudyGenerator generator) {
    measure(pair.p(), generator);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    List<Metric> metrics = measure(pair.p(), generator);
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    double seconds = (end - start) / 1e9;
    int k = generator.map().latentDimension();
    return metrics.stream()
        .map(metric -> row(pair, k, truths.get(metric.metric()), List.of(metric), seconds))
        .toList();
  }

  private static List<Metric> measure(TargetDistribution p, StudyGenerator generator) {
    return new GeneratorDivergences(generator.map(), generator.noise()).of(p, BANDWIDTH);
  }

  private static StudyRow row(
      StudyPair pair, int k, double truth, List<Metric> measured, double seconds) {
    Metric first = measured.get(0);
    double mean = mean(measured.stream().mapToDouble(Metric::value));
    double variance =
        measured.stream().mapToDouble(m -> Math.pow(m.value() - mean, 2)).sum()
            / (measured.size() - 1);
    double sd = Math.sqrt(variance);
    double[] closed =
        measured.stream()
            .mapToDouble(m -> (m.ciHigh() - m.ciLow()) / 2)
            .filter(Double::isFinite)
            .toArray();
    double halfWidth = closed.length == 0 ? Double.NaN : Medians.median(closed);
    return new StudyRow(
        pair.p().name(),
        pair.q() == pair.p() ? "itself" : pair.q().name(),
        first.estimator(),
        k,
        first.n(),
        measured.size(),
        first.metric(),
        truth,
        mean - truth,
        sd,
        halfWidth,
        halfWidth / (Metric.Z95 * sd),
        share(measured, m -> Double.isInfinite(m.ciLow()) || Double.isInfinite(m.ciHigh())),
        share(measured, m -> m.value() == truth || m.ciLow() <= truth && truth <= m.ciHigh()),
        seconds);
  }

  private static double mean(DoubleStream values) {
    return values.average().orElseThrow();
  }

  private static double share(List<Metric> measured, Predicate<Metric> condition) {
    return (double) measured.stream().filter(condition).count() / measured.size();
  }

  /** Returns the true values by the names of the metrics. */
  static Map<String, Double> truths(StudyPair pair) {
    Map<String, Double> truths = new LinkedHashMap<>();
    Quadrature smoothed = Quadrature.of(pair, BANDWIDTH.of(pair.p()));
    truths.put(SmoothedDivergences.KL_FORWARD, smoothed.forward());
    truths.put(SmoothedDivergences.KL_REVERSE, smoothed.reverse());
    truths.put(SmoothedDivergences.KL_MEAN, (smoothed.forward() + smoothed.reverse()) / 2);
    truths.put(SmoothedDivergences.JS, smoothed.js());
    truths.put(SmoothedDivergences.KL_SKEW, smoothed.skew());
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
