package org.latentsweep.figure;

import java.util.List;
import org.latentsweep.cell.ReportTable;
import org.latentsweep.cell.SweepTables;

/** What each run cost. */
final class TrainingTimes implements Figure {
  private static final String SQL =
      """
      SELECT target, latent_dim, config_hash, run_id, seed, train_seconds, steps_per_second
      FROM runs WHERE train_seconds > 0 ORDER BY target, latent_dim, config_hash, seed
      """;

  @Override
  public List<DrawnFigure> of(SweepTables sweep) {
    ReportTable table = sweep.query(SQL);
    if (table.isEmpty()) {
      return List.of();
    }
    double longest =
        table.rows().stream()
            .mapToDouble(row -> table.number(row, "train_seconds"))
            .max()
            .orElse(1);
    Sheet sheet =
        new CellPanels(sweep, table)
            .sheet(
                rows -> Charts.axis("training time of a run (s)", 0, 1.08 * longest),
                false,
                CellPanels.dots(table, "train_seconds"));
    return List.of(
        new DrawnFigure(
            "training-time",
            "",
            "What a run costs",
            "Seconds in the training steps of a run; one dot is one run, n = %d."
                .formatted(table.rows().size()),
            table,
            sheet));
  }
}
