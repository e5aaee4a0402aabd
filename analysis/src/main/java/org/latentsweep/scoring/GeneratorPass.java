package org.latentsweep.scoring;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.table.TableReader;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/** Measures the generators of one pack, one after the other. */
final class GeneratorPass {
  private final SweepFolder folder;
  private final String part;
  private final TargetDistribution target;
  private final List<SetScoring> sets;
  private final Map<String, RunToScore> unread = new TreeMap<>();
  private Optional<IOException> unreadable = Optional.empty();

  /** Takes all completed runs of the pack, at least one. */
  GeneratorPass(SweepFolder folder, List<RunToScore> runs, List<SetScoring> sets) {
    this.folder = folder;
    this.part = runs.get(0).part();
    this.target = Targets.named(runs.get(0).target());
    this.sets = sets;
    runs.forEach(run -> unread.put(run.id().hex(), run));
  }

  /**
   * Measures what the sets want; a run without a generator has a row that says so.
   *
   * @return why not all generators could be read, if so
   */
  Optional<IOException> run() throws IOException {
    Optional<TableReader> reader = open();
    if (reader.isPresent()) {
      try (TableReader generators = reader.get()) {
        for (Object[] row = next(generators); row != null; row = next(generators)) {
          measure((String) row[0], (byte[]) row[1]);
        }
      }
    }
    for (RunToScore run : List.copyOf(unread.values())) {
      end(run);
    }
    return unreadable;
  }

  private Optional<TableReader> open() {
    try {
      return Optional.of(folder.generators(part));
    } catch (IOException e) {
      unreadable = Optional.of(e);
      return Optional.empty();
    }
  }

  /** Null after the last row, and after one that cannot be read. */
  private Object[] next(TableReader generators) {
    try {
      return generators.next();
    } catch (IOException e) {
      unreadable = Optional.of(e);
      return null;
    }
  }

  private void measure(String id, byte[] archive) throws IOException {
    RunToScore run = unread.get(id);
    if (run != null) {
      for (SetScoring set : sets) {
        if (set.wants(run)) {
          set.measure(run, target, archive);
        }
      }
      end(run);
    }
  }

  private void end(RunToScore run) throws IOException {
    unread.remove(run.id().hex());
    for (SetScoring set : sets) {
      if (set.wants(run)) {
        set.end(run, unreadable.map(IOException::getMessage));
      }
    }
  }
}
