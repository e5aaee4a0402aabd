package org.latentsweep.divergence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Floors;
import org.latentsweep.metric.Metric;
import org.latentsweep.metric.SeedSummary;
import org.latentsweep.target.GaussianMixture;
import org.latentsweep.target.Mode;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/**
 * How often intervals of divergences hold the truth: samples of a known q are drawn again and again
 * and measured against a target p. Truths are quadratures of the densities, made anew each time.
 */
public final class IntervalStudy {
  private static final int SEEDS_FROM = 1000;
  private static final Bandwidth BANDWIDTH = new Bandwidth(1);

  /** Points per axis of a quadrature, at least. */
  private static final int NODES = 600;

  private IntervalStudy() {}

  /**
   * A metric of one pair over repetitions.
   *
   * @param p name of the target
   * @param q in words
   * @param metric that was measured
   * @param truth of it
   * @param mean of its values
   * @param sd of its values
   * @param standardError mean of those that were told
   * @param coverage share of repetitions whose 95% interval held the truth
   */
  public record Row(
      String p,
      String q,
      String metric,
      double truth,
      double mean,
      double sd,
      double standardError,
      double coverage) {}

  private record Pair(TargetDistribution p, TargetDistribution q) {}

  /** Pairs whose divergences are finite and well-posed, also two of a target from itself. */
  private static List<Pair> pairs() {
    TargetDistribution normal = Targets.named("normal-1d");
    TargetDistribution gaussian = Targets.named("gaussian");
    TargetDistribution eight = Targets.named("eight-gaussians");
    return List.of(
        new Pair(normal, new Mixture("N(0.5, 1)", List.of(new Mode(List.of(0.5), 1, 1)))),
        new Pair(normal, new Mixture("N(0, 1.5^2)", List.of(new Mode(List.of(0.0), 1.5, 1)))),
        new Pair(gaussian, gaussian),
        new Pair(gaussian, single("N((1, 0), I)", 1, 1)),
        new Pair(gaussian, single("N(0, 1.5^2 I)", 0, 1.5)),
        new Pair(eight, eight),
        new Pair(eight, ring("the same with sd 0.3", 0.3, 0.125, 0.125)),
        new Pair(eight, ring("weights 0.1875, 0.0625", 0.2, 0.1875, 0.0625)),
        new Pair(eight, single("N(0, 1.5^2 I)", 0, 1.5)),
        new Pair(Targets.named("spiral"), single("N(0, 0.4^2 I)", 0, 0.4)));
  }

  private static TargetDistribution single(String name, double x, double sd) {
    return new Mixture(name, List.of(new Mode(List.of(x, 0.0), sd, 1)));
  }

  /** The eight Gaussians with weights that alternate. */
  private static TargetDistribution ring(String name, double sd, double even, double odd) {
    List<Mode> modes = Targets.named("eight-gaussians").modes();
    return new Mixture(
        name,
        IntStream.range(0, modes.size())
            .mapToObj(m -> new Mode(modes.get(m).centre(), sd, m % 2 == 0 ? even : odd))
            .toList());
  }

  /**
   * Measures.
   *
   * @param n samples of each repetition, at least {@value org.latentsweep.metric.PointsCheck#LEAST}
   * @param repetitions at least 2
   * @param progress told of each pair when it is done
   * @return the rows, pair by pair
   */
  public static List<Row> run(int n, int repetitions, Consumer<String> progress) {
    List<Row> rows = new ArrayList<>();
    for (Pair pair : pairs()) {
      Map<String, Double> truths = truths(pair);
      Map<String, List<Metric>> measured = new HashMap<>();
      for (int r = 0; r < repetitions; r++) {
        float[] points = Floors.draw(pair.q(), n, SEEDS_FROM + r);
        for (Metric metric : measure(pair.p(), points)) {
          measured.computeIfAbsent(metric.metric(), name -> new ArrayList<>()).add(metric);
        }
      }
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

  private static Row row(Pair pair, String metric, double truth, List<Metric> measured) {
    SeedSummary values = SeedSummary.of(measured.stream().mapToDouble(Metric::value).toArray());
    long held = measured.stream().filter(m -> m.ciLow() <= truth && truth <= m.ciHigh()).count();
    return new Row(
        pair.p().name(),
        pair.q() == pair.p() ? "itself" : pair.q().name(),
        metric,
        truth,
        values.mean(),
        values.standardDeviation(),
        measured.stream().mapToDouble(Metric::standardError).average().orElseThrow(),
        (double) held / measured.size());
  }

  private static Map<String, Double> truths(Pair pair) {
    Map<String, Double> truths = new LinkedHashMap<>();
    double h = BANDWIDTH.of(pair.p());
    double forward = divergence(pair.p(), pair.q(), h);
    double reverse = divergence(pair.q(), pair.p(), h);
    truths.put("kl_forward", forward);
    truths.put("kl_reverse", reverse);
    truths.put("kl_mean", (forward + reverse) / 2);
    truths.put("js", js(pair, h));
    double unsmoothed = divergence(pair.p(), pair.q(), 0);
    truths.put("kl_kde_forward", unsmoothed);
    truths.put("kl_knn_forward", unsmoothed);
    if (pair.p().smoothedInClosedForm()) { // elsewhere samples of q lie outside the support
      truths.put("kl_entropy_reverse", divergence(pair.q(), pair.p(), 0));
    }
    return truths;
  }

  /** KL(a * N_h || b * N_h), of the densities as they are if h is 0. */
  private static double divergence(TargetDistribution a, TargetDistribution b, double h) {
    if (a == b) {
      return 0;
    }
    if (h == 0 && !a.smoothedInClosedForm()) {
      TargetPoints points = new TargetPoints(a);
      return IntStream.range(0, points.size())
          .mapToDouble(
              i ->
                  points.weight(i)
                      * (points.logP(i) - TargetPoints.logDensity(b, points.x(i), points.y(i))))
          .sum();
    }
    return integral(a, b, h, (logA, logB) -> Math.exp(logA) * (logA - logB));
  }

  private static double js(Pair pair, double h) {
    if (pair.p() == pair.q()) {
      return 0;
    }
    return integral(
        pair.p(),
        pair.q(),
        h,
        (logP, logQ) -> {
          double p = Math.exp(logP);
          double q = Math.exp(logQ);
          double logM = Math.log((p + q) / 2);
          return p + q == 0 ? 0 : (p * (logP - logM) + q * (logQ - logM)) / 2;
        });
  }

  /** The trapezoid rule over a box that both fit into, of a function of their log densities. */
  private static double integral(
      TargetDistribution a,
      TargetDistribution b,
      double h,
      ToDoubleBiFunction<Double, Double> integrand) {
    double s = Math.max(a.supportHalfWidth(), b.supportHalfWidth()) + 8 * h;
    boolean slow = !(a.smoothedInClosedForm() && b.smoothedInClosedForm());
    int nodes = slow ? (int) (4 * s / h) : NODES; // two a bandwidth
    double step = 2 * s / nodes;
    int rows = a.dimensions() == 1 ? 1 : nodes;
    return IntStream.range(0, rows)
            .parallel()
            .mapToDouble(
                i -> {
                  double sum = 0;
                  for (int j = 0; j < nodes; j++) {
                    double x = (j + 0.5) * step - s;
                    double[] at =
                        rows == 1 ? new double[] {x} : new double[] {x, (i + 0.5) * step - s};
                    sum +=
                        integrand.applyAsDouble(
                            a.smoothedLogDensity(at, h), b.smoothedLogDensity(at, h));
                  }
                  return sum;
                })
            .sum()
        * step
        * (rows == 1 ? 1 : step);
  }

  /** Normals that samples are drawn from and that are no target. */
  private static final class Mixture extends GaussianMixture {
    private final String name;

    Mixture(String name, List<Mode> modes) {
      super(modes);
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public NaturalMap naturalMap() {
      throw new UnsupportedOperationException("Cannot map to " + name + ": it is no target");
    }

    @Override
    public NoiseLaw defaultNoise() {
      return new NoiseLaw.Normal();
    }

    @Override
    public double defaultBandwidth() {
      return modes().get(0).standardDeviation() / 2;
    }

    @Override
    public double drawnHalfWidth() {
      return supportHalfWidth();
    }

    @Override
    public double supportHalfWidth() {
      double s = 0;
      for (Mode mode : modes()) {
        for (double c : mode.centre()) {
          s = Math.max(s, Math.abs(c) + 6.5 * mode.standardDeviation());
        }
      }
      return s;
    }
  }
}
