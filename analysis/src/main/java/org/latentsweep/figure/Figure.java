package org.latentsweep.figure;

import java.util.List;
import org.latentsweep.cell.SweepQueries;

/**
 * A kind of figure. To add one, write the class and list it in {@link Figures#ALL}. For a chart
 * that readers can zoom and point at, also add a Vega-Lite specification with the data {@code
 * {"name": "table"}} to the resources as {@code KIND.vl.json}, where KIND is {@link
 * DrawnFigure#kind}.
 */
interface Figure {

  /** Draws the figure for each subject for which the sweep has numbers; none if it has none. */
  List<DrawnFigure> of(SweepQueries sweep);
}
