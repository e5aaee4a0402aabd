package org.latentsweep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;

/** Panels, one for each target, with a place on the x axis for each of its cells. */
final class CellPanels {
  private static final int HEIGHT = 320;
  private static final int LEAST_WIDTH = 330;
  private static final int WIDTH_OF_CELL = 26;
  private static final int UPRIGHT_LABELS = 12; // above so many cells

  private final SweepTables sweep;
  private final ReportTable table;

  /** Panels of the rows of a table with the columns {@code target} and {@code config_hash}. */
  CellPanels(SweepTables sweep, ReportTable table) {
    this.sweep = sweep;
    this.table = table;
  }

  /** Makes the y axis that suits the rows of a target. */
  interface Axis {
    ValueAxis of(List<List<Object>> rows);
  }

  /** Draws the rows of a target's cells, by the cells' places on the x axis. */
  interface Marks {
    void draw(XYPlot plot, List<List<List<Object>>> rowsByCell);
  }

  /**
   * A panel for each target that has rows.
   *
   * @param legend whether the marks need one
   */
  Sheet sheet(Axis axis, boolean legend, Marks marks) {
    List<JFreeChart> panels = new ArrayList<>();
    int widest = 0;
    for (Map.Entry<String, List<Cell>> target : sweep.byTarget().entrySet()) {
      List<List<Object>> rows =
          table.rows().stream()
              .filter(row -> table.text(row, "target").equals(target.getKey()))
              .toList();
      if (!rows.isEmpty()) {
        panels.add(panel(target.getValue(), rows, axis, legend, marks));
        widest = Math.max(widest, target.getValue().size());
      }
    }
    int width = Math.max(LEAST_WIDTH, 80 + WIDTH_OF_CELL * widest);
    return new Sheet(Math.max(1, Math.min(3, panels.size())), width, HEIGHT, panels);
  }

  private JFreeChart panel(
      List<Cell> cells, List<List<Object>> rows, Axis axis, boolean legend, Marks marks) {
    XYPlot plot = Charts.plot(places(cells), axis.of(rows));
    marks.draw(
        plot,
        cells.stream()
            .map(
                cell ->
                    rows.stream()
                        .filter(row -> table.text(row, "config_hash").equals(cell.configHash()))
                        .toList())
            .toList());
    return Charts.chart(cells.get(0).target(), plot, legend);
  }

  /** An axis of cells: by k alone where nothing else tells them apart. */
  private static SymbolAxis places(List<Cell> cells) {
    boolean plain = cells.stream().allMatch(cell -> cell.variant().isEmpty());
    SymbolAxis axis =
        Charts.symbols(
            plain ? "latent dimension k" : "cell",
            cells.stream()
                .map(cell -> plain ? "" + cell.latentDimension() : cell.labelInTarget())
                .toList());
    axis.setVerticalTickLabels(!plain || cells.size() > UPRIGHT_LABELS);
    return axis;
  }

  /** A dot for each row, at the value of a column. */
  static Marks dots(ReportTable table, String column) {
    return (plot, rowsByCell) -> {
      XYSeries dots = Charts.series(column);
      for (int place = 0; place < rowsByCell.size(); place++) {
        List<List<Object>> rows = rowsByCell.get(place);
        for (int i = 0; i < rows.size(); i++) {
          dots.add(beside(place, i, rows.size()), table.number(rows.get(i), column));
        }
      }
      Charts.add(plot, Charts.collection(List.of(dots)), Charts.dots(5, 150));
    };
  }

  /** Side by side around a place on the x axis, so that equal values do not hide one another. */
  static double beside(int place, int i, int count) {
    return place + (count < 2 ? 0 : 0.36 * (i / (count - 1.0) - 0.5));
  }
}
