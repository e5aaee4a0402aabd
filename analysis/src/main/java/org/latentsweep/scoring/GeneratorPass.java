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

/** Measures the generators of one pack, one after the other. */
final class GeneratorPass {
  private final SweepFolder folder;
  private final String part;
  private final TargetDistribution target;
  private final List<SetScoring<GeneratorMetricSet>> sets;
  private final Map<RunId, StoredRun> unread = new TreeMap<>();
  private Optional<IOException> unreadable = Optional.empty();

  /** Takes all completed runs of the pack, at least one. */
  GeneratorPass(
      SweepFolder folder, List<StoredRun> runs, List<SetScoring<GeneratorMetricSet>> sets) {
    this.folder = folder;
    this.part = runs.get(0).part();
    this.target = Targets.named(runs.get(0).row().target());
    this.sets = sets;
    runs.forEach(run -> unread.put(run.id(), run));
  }

  /**
   * Measures what the sets want; a run without a generator has a row that says so.
   *
   * @return why not all generators could be read, if so
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
    return unreadable;
  }

  private Optional<TableReader<GeneratorRow>> open() {
    try {
      return Optional.of(folder.generators().ofPart(part));
    } catch (IOException e) {
      unreadable = Optional.of(e);
      return Optional.empty();
    }
  }

  /** Null after the last row, and after one that cannot be read. */
  private GeneratorRow next(TableReader<GeneratorRow> generators) {
    try {
      return generators.next();
    } catch (IOException e) {
      unreadable = Optional.of(e);
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
        set.end(run, unreadable.map(IOException::getMessage));
      }
    }
  }
}
