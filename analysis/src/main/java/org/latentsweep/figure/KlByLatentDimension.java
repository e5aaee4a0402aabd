package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.latentsweep.cell.ReportTable;
import org.latentsweep.cell.SweepTables;

/** KL_h(p, q) of every cell: each seed a point, the mean with its interval, the floor. */
public final class KlByLatentDimension implements Figure {
  private static final String SQL =
      """
      SELECT r.target, r.latent_dim, r.config_hash, r.run_id, r.seed, r.kl_forward, r.ci_low,
        r.ci_high, r.floor, r.n, s.mean, s.ci_low AS mean_ci_low, s.ci_high AS mean_ci_high
      FROM (%s) r JOIN summary s ON s.config_hash = r.config_hash AND s.metric = 'kl_forward'
      WHERE r.kl_forward IS NOT NULL
      ORDER BY r.target, r.latent_dim, r.config_hash, r.seed
      """;

  private static final double LINEAR_UP_TO = 30; // the largest value over the least

  @Override
  public List<DrawnFigure> of(SweepTables sweep) {
    ReportTable table = sweep.query(SQL.formatted(sweep.runs().sql().orElseThrow()));
    if (table.isEmpty()) {
      return List.of();
    }
    Sheet sheet =
        new CellPanels(sweep, table)
            .sheet(
                rows -> axis(table, rows, List.of("kl_forward", "mean_ci_high")),
                false,
                (plot, cells) -> draw(table, plot, cells));
    return List.of(
        new DrawnFigure(
            "kl-by-latent-dimension",
            "",
            "How well each target is learned, by latent dimension",
            ("Smoothed forward Kullback-Leibler divergence KL_h in nats, lower is better. Small"
                    + " dots: one run each, n = %d. Large dots: mean over a cell's seeds, with its"
                    + " 95%% t-interval. Dashes: the floor, what as many samples of the target"
                    + " itself get. What lies beyond an axis is drawn at its end.")
                .formatted(table.rows().size()),
            table,
            sheet));
  }

  private static void draw(ReportTable table, XYPlot plot, List<List<List<Object>>> cells) {
    ValueAxis y = plot.getRangeAxis();
    XYSeries runs = Charts.series("runs");
    YIntervalSeries means = new YIntervalSeries("mean", false, true);
    List<XYSeries> floors = new ArrayList<>();
    for (int place = 0; place < cells.size(); place++) {
      List<List<Object>> rows = cells.get(place);
      if (rows.isEmpty()) {
        continue;
      }
      for (int i = 0; i < rows.size(); i++) {
        runs.add(
            CellPanels.beside(place, i, rows.size()),
            within(y, table.number(rows.get(i), "kl_forward")));
      }
      List<Object> any = rows.get(0);
      double mean = within(y, table.number(any, "mean"));
      double low = table.number(any, "mean_ci_low");
      means.add(
          place,
          mean,
          Double.isNaN(low) ? mean : within(y, low),
          Double.isNaN(low) ? mean : within(y, table.number(any, "mean_ci_high")));
      double floor = table.number(any, "floor");
      if (!Double.isNaN(floor)) {
        XYSeries line = Charts.series("floor " + place);
        line.add(place - 0.4, within(y, floor));
        line.add(place + 0.4, within(y, floor));
        floors.add(line);
      }
    }
    YIntervalSeriesCollection meanData = new YIntervalSeriesCollection();
    meanData.addSeries(means);
    Charts.add(plot, Charts.collection(floors), Charts.dashes());
    Charts.add(plot, Charts.collection(List.of(runs)), Charts.dots(4.5, 120));
    Charts.add(plot, meanData, Charts.intervals());
  }

  /** Logarithmic where values are positive and span much. */
  static ValueAxis axis(ReportTable table, List<List<Object>> rows, List<String> columns) {
    String label = "KL_h forward (nats)";
    double[] values =
        rows.stream()
            .flatMapToDouble(
                row -> columns.stream().mapToDouble(column -> table.number(row, column)))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    double[] positive = Arrays.stream(values).filter(value -> value > 0).toArray();
    if (positive.length == 0) {
      return Charts.axis(label);
    }
    double high = positive[positive.length - 1];
    boolean wide = positive.length >= 0.9 * values.length && high / positive[0] > LINEAR_UP_TO;
    return wide
        ? Charts.logAxis(label, powerOfTen(positive[0], false), powerOfTen(high, true))
        : Charts.axis(label, Math.min(0, 1.1 * values[0]), 1.08 * high);
  }

  private static double powerOfTen(double value, boolean above) {
    double exponent = Math.log10(value);
    return Math.pow(10, above ? Math.ceil(exponent) : Math.floor(exponent));
  }

  private static double within(ValueAxis axis, double value) {
    return Math.max(axis.getLowerBound(), Math.min(axis.getUpperBound(), value));
  }
}
