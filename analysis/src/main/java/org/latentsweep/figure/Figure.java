package org.latentsweep.figure;

import java.util.List;
import org.latentsweep.cell.SweepTables;

/**
 * A kind of figure. To add one, write the class and list it in {@link Figures#ALL}; for a chart
 * that readers can zoom and point at, put a Vega-Lite specification of the drawn figure's name
 * among the resources ({@code NAME.vl.json}), with the data {@code {"name": "table"}}.
 */
interface Figure {

  /** Draws it for each subject that the sweep has numbers for; none where it has none. */
  List<DrawnFigure> of(SweepTables sweep);
}
