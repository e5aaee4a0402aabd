package org.latentsweep.figure;

import static org.latentsweep.divergence.SmoothedDivergences.KL_FORWARD;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.latentsweep.cell.MeasuredRun;
import org.latentsweep.cell.OfCell;
import org.latentsweep.cell.ShortNumbers;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.run.RunId;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.table.Nullable;

/** KL_h(p, q) of every cell: each seed as a point, the median with its interval, and the floor. */
public final class KlByLatentDimension implements Figure {
  private static final String SQL =
      """
      SELECT r.target, r.latent_dim, r.config_hash, r.run_id, r.seed, r.kl_forward, r.ci_low,
        r.ci_high, r.floor, r.n, s.median, s.median_low, s.median_high, s.median_confidence
      FROM (%s) r JOIN summary s ON s.config_hash = r.config_hash AND s.metric = '%s'
      WHERE r.kl_forward IS NOT NULL
      ORDER BY r.target, r.latent_dim, r.config_hash, r.seed
      """
          .formatted(MeasuredRun.SQL.strip(), KL_FORWARD);

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
      double klForward,
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
    List<RunDivergence> rows = sweep.query(SQL, RunDivergence.class);
    if (rows.isEmpty()) {
      return List.of();
    }
    Sheet sheet =
        new CellPanels<>(sweep, rows)
            .sheet(
                ofTarget -> axis(ofTarget.stream().flatMapToDouble(KlByLatentDimension::values)),
                false,
                KlByLatentDimension::draw);
    return List.of(
        new DrawnFigure(
            "kl-by-latent-dimension",
            "",
            "How well each target is learned, by latent dimension",
            ("Smoothed forward Kullback-Leibler divergence KL_h in nats, lower is better. Small"
                    + " dots: one run each, n = %d. Large dots: median over a cell's seeds, with"
                    + " an interval of order statistics%s. Dashes: the floor, what as many samples"
                    + " of the target itself get. An infinite end is drawn at the end of the"
                    + " axis.")
                .formatted(rows.size(), confidences(rows)),
            NamedColumns.queried(SQL, RunDivergence.class, rows),
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
    return ", %s confidence".formatted(low.equals(high) ? low : low + " to " + high);
  }

  private static DoubleStream values(RunDivergence row) {
    return Stream.of(row.klForward(), row.median(), row.medianLow(), row.medianHigh())
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
        runs.add(CellPanels.beside(place, i, rows.size()), clamped(y, rows.get(i).klForward()));
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
  static ValueAxis axis(DoubleStream divergences) {
    String label = "KL_h forward (nats)";
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

  private static double clamped(ValueAxis axis, double value) {
    return Math.max(axis.getLowerBound(), Math.min(axis.getUpperBound(), value));
  }
}
