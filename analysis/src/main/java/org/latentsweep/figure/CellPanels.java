package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.latentsweep.cell.GridCell;
import org.latentsweep.cell.OfCell;
import org.latentsweep.cell.SweepQueries;

/**
 * Panels, one for each target and each variant of it, with a place on the x axis for each k. The
 * panels of a target have the same y axis.
 *
 * @param <R> the rows that are drawn
 */
final class CellPanels<R extends OfCell> {
  private static final int HEIGHT = 320;
  private static final int MIN_WIDTH = 330;
  private static final int WIDTH_OF_CELL = 26;
  private static final int MAX_COLUMNS = 3;

  /** If a panel has more cells, the labels of its x axis are vertical, so that they do not meet. */
  private static final int MAX_HORIZONTAL_LABELS = 12;

  private final SweepQueries sweep;
  private final Map<String, List<R>> rows;

  /** Makes panels of rows. */
  CellPanels(SweepQueries sweep, List<R> rows) {
    this.sweep = sweep;
    this.rows = OfCell.group(rows);
  }

  /** Draws the rows of a panel's cells, by the cells' places on the x axis. */
  interface Marks<R> {
    void draw(XYPlot plot, List<List<R>> rowsByCell);
  }

  /**
   * Draws a panel for each target and variant that has rows.
   *
   * @param axis makes the y axis that suits the rows of a target
   * @param legend whether the marks need a legend
   */
  Sheet sheet(Function<List<R>, ValueAxis> axis, boolean legend, Marks<R> marks) {
    List<JFreeChart> panels = new ArrayList<>();
    int widest = 0;
    for (List<GridCell> ofTarget : sweep.byTarget().values()) {
      List<R> rowsOfTarget = rows(ofTarget);
      for (List<GridCell> cells : SweepQueries.byPanel(ofTarget).values()) {
        if (!rows(cells).isEmpty()) {
          panels.add(panel(cells, axis.apply(rowsOfTarget), legend, marks));
          widest = Math.max(widest, cells.size());
        }
      }
    }
    int width = Math.max(MIN_WIDTH, 80 + WIDTH_OF_CELL * widest);
    return new Sheet(Math.max(1, Math.min(MAX_COLUMNS, panels.size())), width, HEIGHT, panels);
  }

  private List<R> rows(List<GridCell> cells) {
    return cells.stream().flatMap(cell -> rows(cell).stream()).toList();
  }

  private List<R> rows(GridCell cell) {
    return rows.getOrDefault(cell.configHash(), List.of());
  }

  private JFreeChart panel(List<GridCell> cells, ValueAxis y, boolean legend, Marks<R> marks) {
    SymbolAxis places =
        Charts.symbols(
            "latent dimension k", cells.stream().map(cell -> "" + cell.latentDimension()).toList());
    places.setVerticalTickLabels(cells.size() > MAX_HORIZONTAL_LABELS);
    XYPlot plot = Charts.plot(places, y);
    marks.draw(plot, cells.stream().map(this::rows).toList());
    return Charts.chart(cells.get(0).panel(), plot, legend);
  }

  /** Returns marks that are a dot for each row, at one of its values. */
  static <R> Marks<R> dots(String name, ToDoubleFunction<R> value) {
    return (plot, rowsByCell) -> {
      XYSeries dots = Charts.series(name);
      for (int place = 0; place < rowsByCell.size(); place++) {
        List<R> rows = rowsByCell.get(place);
        for (int i = 0; i < rows.size(); i++) {
          dots.add(beside(place, i, rows.size()), value.applyAsDouble(rows.get(i)));
        }
      }
      Charts.add(plot, Charts.collection(List.of(dots)), Charts.dots(5, 150));
    };
  }

  /** Returns the x of a dot; dots are side by side so that equal values do not hide one another. */
  static double beside(int place, int i, int count) {
    return place + (count < 2 ? 0 : 0.36 * (i / (count - 1.0) - 0.5));
  }
}
