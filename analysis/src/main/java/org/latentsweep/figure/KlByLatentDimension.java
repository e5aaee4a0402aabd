package org.latentsweep.figure;

import static org.latentsweep.divergence.SmoothedDivergences.KL_SKEW;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.latentsweep.cell.HeadlineBandwidth;
import org.latentsweep.cell.OfCell;
import org.latentsweep.cell.Ranking;
import org.latentsweep.cell.ShortNumbers;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.run.RunId;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.table.Nullable;

/**
 * The divergences of every cell, with a figure for the skew divergence and one for the forward one:
 * each seed as a point, the median with its interval, and the floor.
 */
public final class KlByLatentDimension implements Figure {
  private static final String SQL =
      """
      SELECT r.target, r.latent_dim, r.config_hash, r.run_id, r.seed, m.value, m.ci_low, m.ci_high,
        m.floor, m.n, s.median, s.median_low, s.median_high, s.median_confidence
      FROM runs r JOIN metrics m ON m.run_id = r.run_id AND m.step = r.steps AND %s
      JOIN summary s ON s.config_hash = r.config_hash AND s.metric = m.metric
      ORDER BY r.target, r.latent_dim, r.config_hash, r.seed
      """;

  private static final String SKEW =
      "Skew divergence in nats, by which cells are ranked: the smoothed forward Kullback-Leibler"
          + " divergence after a hundredth of the target is mixed into the generator's density;"
          + " at most log 100 = 4.61";

  private static final String FORWARD = "Smoothed forward Kullback-Leibler divergence KL_h in nats";

  /**
   * The y axis is logarithmic if the largest value is more than this many times the smallest.
   * Chosen by judgement.
   */
  private static final double MAX_LINEAR_RATIO = 30;

  /** The share of the values that must be above 0 for a logarithmic axis. Chosen by judgement. */
  private static final double MIN_POSITIVE = 0.9;

  /** A run's divergence beside the median of its cell. */
  private record RunDivergence(
      String target,
      int latentDim,
      String configHash,
      RunId runId,
      long seed,
      double value,
      @Nullable Double ciLow,
      @Nullable Double ciHigh,
      @Nullable Double floor,
      long n,
      @Nullable Double median,
      @Nullable Double medianLow,
      @Nullable Double medianHigh,
      @Nullable Double medianConfidence)
      implements OfCell {}

  @Override
  public List<DrawnFigure> of(SweepQueries sweep) {
    return Ranking.METRICS.stream().flatMap(metric -> of(sweep, metric)).toList();
  }

  private static Stream<DrawnFigure> of(SweepQueries sweep, String metric) {
    String sql =
        String.format(Locale.ROOT, SQL, HeadlineBandwidth.measured("m", metric, "r.target"));
    List<RunDivergence> rows = sweep.query(sql, RunDivergence.class);
    if (rows.isEmpty()) {
      return Stream.empty();
    }
    Sheet sheet =
        new CellPanels<>(sweep, rows)
            .sheet(
                ofTarget ->
                    axis(metric, ofTarget.stream().flatMapToDouble(KlByLatentDimension::values)),
                false,
                KlByLatentDimension::draw);
    boolean skew = metric.equals(KL_SKEW);
    return Stream.of(
        new DrawnFigure(
            "kl-by-latent-dimension",
            skew ? "skew" : "",
            skew
                ? "How well each target is learned, by latent dimension"
                : "The unbounded divergence, by latent dimension",
            String.format(
                Locale.ROOT,
                "%s. Lower is better. Small dots: one run each, n = %d. Large dots: median over a"
                    + " cell's runs, with an interval of order statistics%s; a run that diverged or"
                    + " failed has no dot and counts as infinite. Dashes: the floor, what as many"
                    + " samples of the target itself get. Infinite values and ends are drawn at"
                    + " the upper end of the axis.",
                skew ? SKEW : FORWARD,
                rows.size(),
                confidences(rows)),
            NamedColumns.queried(sql, RunDivergence.class, rows),
            sheet));
  }

  /** Returns the confidences of the intervals, such as {@code , 75% to 96.9% confidence}. */
  private static String confidences(List<RunDivergence> rows) {
    double[] percent =
        rows.stream()
            .map(RunDivergence::medianConfidence)
            .filter(confidence -> confidence != null)
            .mapToDouble(confidence -> 100 * confidence)
            .sorted()
            .toArray();
    if (percent.length == 0) {
      return "";
    }
    String low = ShortNumbers.of(percent[0]) + "%";
    String high = ShortNumbers.of(percent[percent.length - 1]) + "%";
    return String.format(
        Locale.ROOT, ", %s confidence", low.equals(high) ? low : low + " to " + high);
  }

  private static DoubleStream values(RunDivergence row) {
    return Stream.of(row.value(), row.median(), row.medianLow(), row.medianHigh())
        .filter(value -> value != null)
        .mapToDouble(value -> value);
  }

  private static void draw(XYPlot plot, List<List<RunDivergence>> cells) {
    ValueAxis y = plot.getRangeAxis();
    XYSeries runs = Charts.series("runs");
    YIntervalSeries medians = new YIntervalSeries("median", false, true);
    List<XYSeries> floors = new ArrayList<>();
    for (int place = 0; place < cells.size(); place++) {
      List<RunDivergence> rows = cells.get(place);
      if (rows.isEmpty()) {
        continue;
      }
      for (int i = 0; i < rows.size(); i++) {
        runs.add(CellPanels.beside(place, i, rows.size()), clamped(y, rows.get(i).value()));
      }
      addMedian(medians, place, rows.get(0), y);
      if (rows.get(0).floor() != null) {
        floors.add(floor(place, clamped(y, rows.get(0).floor())));
      }
    }
    YIntervalSeriesCollection medianData = new YIntervalSeriesCollection();
    medianData.addSeries(medians);
    Charts.add(plot, Charts.collection(floors), Charts.dashes());
    Charts.add(plot, Charts.collection(List.of(runs)), Charts.dots(4.5, 120));
    Charts.add(plot, medianData, Charts.intervals());
  }

  private static void addMedian(
      YIntervalSeries medians, int place, RunDivergence row, ValueAxis y) {
    double median = row.median() == null ? Double.NaN : clamped(y, row.median());
    medians.add(
        place,
        median,
        row.medianLow() == null ? median : clamped(y, row.medianLow()),
        row.medianHigh() == null ? median : clamped(y, row.medianHigh()));
  }

  private static XYSeries floor(int place, double y) {
    XYSeries line = Charts.series("floor " + place);
    line.add(place - 0.4, y);
    line.add(place + 0.4, y);
    return line;
  }

  /** Returns an axis for divergences, logarithmic if they are positive and span a large ratio. */
  static ValueAxis axis(String metric, DoubleStream divergences) {
    String label = Ranking.label(metric) + " (nats)";
    double[] values = divergences.filter(Double::isFinite).sorted().toArray();
    double[] positive = Arrays.stream(values).filter(value -> value > 0).toArray();
    if (positive.length == 0) {
      return Charts.axis(label);
    }
    double high = positive[positive.length - 1];
    boolean wide =
        positive.length >= MIN_POSITIVE * values.length && high / positive[0] > MAX_LINEAR_RATIO;
    return wide
        ? Charts.logAxis(label, powerOfTen(positive[0], false), powerOfTen(high, true))
        : Charts.axis(label, Math.min(0, 1.1 * values[0]), 1.08 * high);
  }

  private static double powerOfTen(double value, boolean above) {
    double exponent = Math.log10(value);
    return Math.pow(10, above ? Math.ceil(exponent) : Math.floor(exponent));
  }

  /** Returns a value within the axis: an infinite one is at its end. */
  static double clamped(ValueAxis axis, double value) {
    return Math.max(axis.getLowerBound(), Math.min(axis.getUpperBound(), value));
  }
}
