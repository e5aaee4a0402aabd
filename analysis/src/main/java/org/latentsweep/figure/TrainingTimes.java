package org.latentsweep.figure;

import java.util.List;
import java.util.Locale;
import org.latentsweep.cell.OfCell;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.run.RunId;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.table.Nullable;

/** The training time of each run. */
final class TrainingTimes implements Figure {
  private static final String SQL =
      """
      SELECT target, latent_dim, config_hash, run_id, seed, train_seconds, steps_per_second
      FROM runs WHERE train_seconds > 0 ORDER BY target, latent_dim, config_hash, seed
      """;

  /** How long a run was trained. */
  private record TrainingTime(
      String target,
      int latentDim,
      String configHash,
      RunId runId,
      long seed,
      double trainSeconds,
      @Nullable Double stepsPerSecond)
      implements OfCell {}

  @Override
  public List<DrawnFigure> of(SweepQueries sweep) {
    List<TrainingTime> rows = sweep.query(SQL, TrainingTime.class);
    if (rows.isEmpty()) {
      return List.of();
    }
    double longest = rows.stream().mapToDouble(TrainingTime::trainSeconds).max().orElseThrow();
    Sheet sheet =
        new CellPanels<>(sweep, rows)
            .sheet(
                ofTarget -> Charts.axis("training time of a run (s)", 0, 1.08 * longest),
                false,
                CellPanels.dots("train_seconds", TrainingTime::trainSeconds));
    return List.of(
        new DrawnFigure(
            "training-time",
            "",
            "What a run costs",
            String.format(
                Locale.ROOT,
                "Seconds in the training steps of a run; one dot is one run, n = %d.",
                rows.size()),
            NamedColumns.queried(SQL, TrainingTime.class, rows),
            sheet));
  }
}
