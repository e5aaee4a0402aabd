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
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.run.RunId;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.table.Nullable;

/** KL_h(p, q) of every cell: each seed as a point, the mean with its interval, and the floor. */
public final class KlByLatentDimension implements Figure {
  private static final String SQL =
      """
      SELECT r.target, r.latent_dim, r.config_hash, r.run_id, r.seed, r.kl_forward, r.ci_low,
        r.ci_high, r.floor, r.n, s.mean, s.ci_low AS mean_ci_low, s.ci_high AS mean_ci_high
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

  /** A run's divergence beside the mean of its cell. */
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
      @Nullable Double mean,
      @Nullable Double meanCiLow,
      @Nullable Double meanCiHigh)
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
                    + " dots: one run each, n = %d. Large dots: mean over a cell's seeds, with its"
                    + " 95%% t-interval. Dashes: the floor, what as many samples of the target"
                    + " itself get. What lies beyond an axis is drawn at its end.")
                .formatted(rows.size()),
            NamedColumns.queried(SQL, RunDivergence.class, rows),
            sheet));
  }

  private static DoubleStream values(RunDivergence row) {
    return Stream.of(row.klForward(), row.meanCiHigh())
        .filter(value -> value != null)
        .mapToDouble(value -> value);
  }

  private static void draw(XYPlot plot, List<List<RunDivergence>> cells) {
    ValueAxis y = plot.getRangeAxis();
    XYSeries runs = Charts.series("runs");
    YIntervalSeries means = new YIntervalSeries("mean", false, true);
    List<XYSeries> floors = new ArrayList<>();
    for (int place = 0; place < cells.size(); place++) {
      List<RunDivergence> rows = cells.get(place);
      if (rows.isEmpty()) {
        continue;
      }
      for (int i = 0; i < rows.size(); i++) {
        runs.add(CellPanels.beside(place, i, rows.size()), clamped(y, rows.get(i).klForward()));
      }
      addMean(means, place, rows.get(0), y);
      if (rows.get(0).floor() != null) {
        floors.add(floor(place, clamped(y, rows.get(0).floor())));
      }
    }
    YIntervalSeriesCollection meanData = new YIntervalSeriesCollection();
    meanData.addSeries(means);
    Charts.add(plot, Charts.collection(floors), Charts.dashes());
    Charts.add(plot, Charts.collection(List.of(runs)), Charts.dots(4.5, 120));
    Charts.add(plot, meanData, Charts.intervals());
  }

  private static void addMean(YIntervalSeries means, int place, RunDivergence row, ValueAxis y) {
    double mean = row.mean() == null ? Double.NaN : clamped(y, row.mean());
    means.add(
        place,
        mean,
        row.meanCiLow() == null ? mean : clamped(y, row.meanCiLow()),
        row.meanCiHigh() == null ? mean : clamped(y, row.meanCiHigh()));
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
