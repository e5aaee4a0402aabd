package org.latentsweep.scoring;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.run.RunId;
import org.latentsweep.table.GeneratorRow;
import org.latentsweep.table.TableReader;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/** Measures the generators of one part, one after the other. */
final class GeneratorPass {
  private final SweepFolder folder;
  private final String part;
  private final TargetDistribution target;
  private final List<SetScoring<GeneratorMetricSet>> sets;
  private final Map<RunId, StoredRun> unread = new TreeMap<>();
  private Optional<IOException> readError = Optional.empty();

  /**
   * Prepares the measurement.
   *
   * @param runs all completed runs of the part, at least one
   * @param sets the sets that are missing
   */
  GeneratorPass(
      SweepFolder folder, List<StoredRun> runs, List<SetScoring<GeneratorMetricSet>> sets) {
    this.folder = folder;
    this.part = runs.get(0).part();
    this.target = Targets.named(runs.get(0).row().target());
    this.sets = sets;
    runs.forEach(run -> unread.put(run.id(), run));
  }

  /**
   * Measures the generators of the runs that miss metrics. A run without a generator gets a row
   * with the reason.
   *
   * @return the exception, if not all generators could be read
   * @throws IOException naming the file of metrics that cannot be written
   */
  Optional<IOException> run() throws IOException {
    Optional<TableReader<GeneratorRow>> reader = open();
    if (reader.isPresent()) {
      try (TableReader<GeneratorRow> generators = reader.get()) {
        for (GeneratorRow row = next(generators); row != null; row = next(generators)) {
          measure(row.runId(), row.archive().bytes());
        }
      }
    }
    for (StoredRun run : List.copyOf(unread.values())) {
      end(run);
    }
    return readError;
  }

  private Optional<TableReader<GeneratorRow>> open() {
    try {
      return Optional.of(folder.generators().ofPart(part));
    } catch (IOException e) {
      readError = Optional.of(e);
      return Optional.empty();
    }
  }

  /** Returns the next row; null after the last row, and if a row cannot be read. */
  private GeneratorRow next(TableReader<GeneratorRow> generators) {
    try {
      return generators.next();
    } catch (IOException e) {
      readError = Optional.of(e);
      return null;
    }
  }

  private void measure(RunId id, byte[] archive) throws IOException {
    StoredRun run = unread.get(id);
    if (run != null) {
      for (SetScoring<GeneratorMetricSet> set : sets) {
        if (set.wants(run)) {
          GeneratorScorer scorer = set.set().scorer();
          set.measure(
              run, run.row().steps(), 0, () -> scorer.score(target, run.row().noise(), archive));
        }
      }
      end(run);
    }
  }

  private void end(StoredRun run) throws IOException {
    unread.remove(run.id());
    for (SetScoring<GeneratorMetricSet> set : sets) {
      if (set.wants(run)) {
        set.end(run, readError.map(IOException::getMessage));
      }
    }
  }
}
