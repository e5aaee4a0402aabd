package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.latentsweep.cell.Cell;
import org.latentsweep.cell.ReportTable;
import org.latentsweep.cell.SweepTables;

/**
 * Panels, one for each target and each variant of it, with a place on the x axis for each k. The
 * panels of a target have the same y axis.
 */
final class CellPanels {
  private static final int HEIGHT = 320;
  private static final int LEAST_WIDTH = 330;
  private static final int WIDTH_OF_CELL = 26;
  private static final int UPRIGHT_LABELS = 12; // above so many cells

  private final SweepTables sweep;
  private final ReportTable table;

  /** Panels of the rows of a table with the column {@code config_hash}. */
  CellPanels(SweepTables sweep, ReportTable table) {
    this.sweep = sweep;
    this.table = table;
  }

  /** Makes the y axis that suits the rows of a target. */
  interface Axis {
    ValueAxis of(List<List<Object>> rows);
  }

  /** Draws the rows of a panel's cells, by the cells' places on the x axis. */
  interface Marks {
    void draw(XYPlot plot, List<List<List<Object>>> rowsByCell);
  }

  /**
   * A panel for each target and variant that has rows.
   *
   * @param legend whether the marks need one
   */
  Sheet sheet(Axis axis, boolean legend, Marks marks) {
    List<JFreeChart> panels = new ArrayList<>();
    int widest = 0;
    for (List<Cell> ofTarget : sweep.byTarget().values()) {
      List<List<Object>> rows = rows(ofTarget);
      for (List<Cell> cells : SweepTables.byPanel(ofTarget).values()) {
        if (!rows(cells).isEmpty()) {
          panels.add(panel(cells, axis.of(rows), legend, marks));
          widest = Math.max(widest, cells.size());
        }
      }
    }
    int width = Math.max(LEAST_WIDTH, 80 + WIDTH_OF_CELL * widest);
    return new Sheet(Math.max(1, Math.min(3, panels.size())), width, HEIGHT, panels);
  }

  private List<List<Object>> rows(List<Cell> cells) {
    Set<String> hashes = cells.stream().map(Cell::configHash).collect(Collectors.toSet());
    return table.rows().stream()
        .filter(row -> hashes.contains(table.text(row, "config_hash")))
        .toList();
  }

  private JFreeChart panel(List<Cell> cells, ValueAxis y, boolean legend, Marks marks) {
    SymbolAxis places =
        Charts.symbols(
            "latent dimension k", cells.stream().map(cell -> "" + cell.latentDimension()).toList());
    places.setVerticalTickLabels(cells.size() > UPRIGHT_LABELS);
    XYPlot plot = Charts.plot(places, y);
    marks.draw(plot, cells.stream().map(cell -> rows(List.of(cell))).toList());
    return Charts.chart(cells.get(0).panel(), plot, legend);
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
