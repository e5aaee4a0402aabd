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
   * @param n samples of each repetition, at least {@value
   *     org.latentsweep.metric.PointsCheck#MIN_POINTS}
   * @param repetitions at least 2
   * @param progress told of each pair when it is done
   * @return the rows, pair by pair
   */
  public static List<Row> run(int n, int repetitions, Consumer<String> progress) {
    List<Row> rows = new ArrayList<>();
    for (Pair pair : pairs()) {
      Map<String, Double> truths = truths(pair);
      Map<String, List<Metric>> measured =
          IntStream.range(0, repetitions)
              .parallel()
              .mapToObj(r -> measure(pair.p(), Floors.draw(pair.q(), n, SEEDS_FROM + r)))
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
    Divergences smoothed = Divergences.of(pair, BANDWIDTH.of(pair.p()));
    truths.put("kl_forward", smoothed.forward);
    truths.put("kl_reverse", smoothed.reverse);
    truths.put("kl_mean", (smoothed.forward + smoothed.reverse) / 2);
    truths.put("js", smoothed.js);
    if (pair.p().smoothedInClosedForm()) {
      Divergences unsmoothed = Divergences.of(pair, 0);
      truths.put("kl_kde_forward", unsmoothed.forward);
      truths.put("kl_knn_forward", unsmoothed.forward);
      truths.put("kl_entropy_reverse", unsmoothed.reverse);
    } else { // samples of q lie outside the support
      double forward = forward(pair);
      truths.put("kl_kde_forward", forward);
      truths.put("kl_knn_forward", forward);
    }
    return truths;
  }

  /** KL(p || q) of the densities as they are. */
  private static double forward(Pair pair) {
    TargetPoints points = new TargetPoints(pair.p());
    return IntStream.range(0, points.size())
        .mapToDouble(
            i ->
                points.weight(i)
                    * (points.logP(i)
                        - TargetPoints.logDensity(pair.q(), points.x(i), points.y(i))))
        .sum();
  }

  /** KL(p || q), KL(q || p) and their Jensen-Shannon divergence. */
  private record Divergences(double forward, double reverse, double js) {
    private static final Divergences NONE = new Divergences(0, 0, 0);

    /** Of both after convolution with N_h, by the trapezoid rule over a box that both fit into. */
    static Divergences of(Pair pair, double h) {
      TargetDistribution p = pair.p();
      TargetDistribution q = pair.q();
      if (p == q) {
        return NONE;
      }
      double s = Math.max(p.supportHalfWidth(), q.supportHalfWidth()) + 8 * h;
      boolean slow = !(p.smoothedInClosedForm() && q.smoothedInClosedForm());
      int nodes = slow ? (int) (4 * s / h) : NODES; // two a bandwidth
      double step = 2 * s / nodes;
      int rows = p.dimensions() == 1 ? 1 : nodes;
      double area = rows == 1 ? step : step * step;
      return IntStream.range(0, rows)
          .parallel()
          .mapToObj(
              i -> {
                Divergences row = NONE;
                for (int j = 0; j < nodes; j++) {
                  double x = (j + 0.5) * step - s;
                  double[] at =
                      rows == 1 ? new double[] {x} : new double[] {x, (i + 0.5) * step - s};
                  row = row.plus(at(p.smoothedLogDensity(at, h), q.smoothedLogDensity(at, h)));
                }
                return row;
              })
          .reduce(NONE, Divergences::plus)
          .times(area);
    }

    /** The integrands. */
    private static Divergences at(double logP, double logQ) {
      double p = Math.exp(logP);
      double q = Math.exp(logQ);
      double logM = Math.log((p + q) / 2);
      double js = p + q == 0 ? 0 : (p * (logP - logM) + q * (logQ - logM)) / 2;
      return new Divergences(p * (logP - logQ), q * (logQ - logP), js);
    }

    private Divergences plus(Divergences other) {
      return new Divergences(forward + other.forward, reverse + other.reverse, js + other.js);
    }

    private Divergences times(double factor) {
      return new Divergences(factor * forward, factor * reverse, factor * js);
    }
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
