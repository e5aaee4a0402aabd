package org.latentsweep.folder;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.table.Storage;
import org.latentsweep.table.Table;
import org.latentsweep.table.TableReader;

/**
 * A row of {@code runs}, as far as it says how the run went.
 *
 * @param id of the run
 * @param outcome how it ended
 * @param steps that were done
 * @param dLoss the discriminator's last loss; NaN if no step was done
 * @param gLoss the generator's last loss; NaN if no step was done
 * @param trainSeconds time in its training steps
 * @param device that it ran on
 * @param host that it ran on
 */
public record CommittedRun(
    RunId id,
    Outcome outcome,
    int steps,
    double dLoss,
    double gLoss,
    double trainSeconds,
    String device,
    String host) {

  private static final List<String> COLUMNS =
      List.of(
          "run_id",
          "outcome",
          "d_loss",
          "g_loss",
          "train_seconds",
          "steps_per_second",
          "device",
          "host");

  static Map<RunId, CommittedRun> read(Storage storage, Path file) throws IOException {
    try (TableReader reader = TableReader.open(storage, Table.RUNS, file, COLUMNS)) {
      return reader.rest().stream()
          .map(CommittedRun::of)
          .collect(Collectors.toMap(CommittedRun::id, Function.identity()));
    }
  }

  private static CommittedRun of(Object[] row) {
    double trainSeconds = (Double) row[4];
    // The table has the rate and not the count, which rounding gives back.
    double steps = row[5] == null ? 0 : (Double) row[5] * trainSeconds;
    return new CommittedRun(
        new RunId((String) row[0]),
        Outcome.valueOf(((String) row[1]).toUpperCase(Locale.ROOT)),
        (int) Math.round(steps),
        number(row[2]),
        number(row[3]),
        trainSeconds,
        (String) row[6],
        (String) row[7]);
  }

  private static double number(Object value) {
    return value == null ? Double.NaN : (Float) value;
  }
}
