package org.latentsweep.folder;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.History;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSet;
import org.latentsweep.table.GeneratorRow;
import org.latentsweep.table.HistoryRow;
import org.latentsweep.table.PartName;
import org.latentsweep.table.RowOfRun;
import org.latentsweep.table.RunRow;
import org.latentsweep.table.SampleRow;
import org.latentsweep.table.Storage;
import org.latentsweep.table.Table;
import org.latentsweep.table.TableWriter;

/**
 * Writes the rows of one pack and commits them together. {@link #add} writes the rows of a result
 * to temporary files, which no other writer uses, and keeps nothing of it in memory. {@link
 * #commit} renames the files to their destinations, that of {@code runs} last: before that none of
 * the pack's runs exist, and afterwards all of them do. Not thread-safe.
 */
public final class PackWriter implements Closeable {
  /** The tables whose rows count only if their run exists, in the order of the commit. */
  static final List<Table<? extends RowOfRun>> DETAILS =
      List.of(Table.HISTORY, Table.SAMPLES, Table.GENERATORS);

  private final Storage storage;
  private final FolderPaths paths;
  private final RunPack pack;
  private final Provenance provenance;
  private final Path temporary;
  private final Map<RunId, RunSpec> missing = new HashMap<>();
  private final Map<Table<?>, TableWriter<?>> writers = new HashMap<>();
  private boolean closed;

  PackWriter(FolderFiles files, RunPack pack, Provenance provenance) throws IOException {
    this.storage = files.storage();
    this.paths = files.paths();
    this.pack = pack;
    this.provenance = provenance;
    // The name is random, because attempts of two Spark applications can have the same number.
    this.temporary = new Path(paths.temporary(), pack.id() + "-" + UUID.randomUUID());
    pack.runs().forEach(run -> missing.put(run.id(), run));
    storage.createFolder(temporary);
  }

  /**
   * Writes all rows of one run of the pack.
   *
   * @return the run's row in {@code runs}
   * @throws IllegalArgumentException if the run is not in the pack, or was added before
   * @throws IllegalStateException if the pack was committed or aborted
   * @throws IOException naming the file that cannot be written; the pack is aborted then
   */
  public RunRow add(RunResult result) throws IOException {
    checkOpen();
    if (missing.remove(result.spec().id()) == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot add run %s to pack %s: it is not in it, or was added before",
              result.spec().id(),
              pack.id()));
    }
    try {
      addHistory(result);
      addSamples(result);
      addGenerator(result);
      RunRow row = runRow(result);
      writer(Table.RUNS).add(row);
      return row;
    } catch (IOException | RuntimeException e) {
      abortAfter(e);
      throw e;
    }
  }

  private void addHistory(RunResult result) throws IOException {
    RunId run = result.spec().id();
    History history = result.history();
    for (int i = 0; i < history.size(); i++) {
      writer(Table.HISTORY)
          .add(
              new HistoryRow(
                  run,
                  i + 1,
                  history.dLoss(i),
                  history.dAccuracy(i),
                  history.gLoss(i),
                  history.gAccuracy(i)));
    }
  }

  private void addSamples(RunResult result) throws IOException {
    RunId run = result.spec().id();
    for (SampleSet set : result.samples()) {
      for (int i = 0; i < set.size(); i++) {
        Float y = set.dimensions() > 1 ? set.coordinate(i, 1) : null;
        writer(Table.SAMPLES).add(new SampleRow(run, set.step(), i, set.coordinate(i, 0), y));
      }
    }
  }

  private void addGenerator(RunResult result) throws IOException {
    if (result.generator().isPresent()) {
      RunSpec spec = result.spec();
      writer(Table.GENERATORS)
          .add(new GeneratorRow(spec.id(), spec.steps(), result.generator().get()));
    }
  }

  private RunRow runRow(RunResult result) {
    RunSpec spec = result.spec();
    History history = result.history();
    int steps = history.size();
    int d = spec.distribution().dimensions();
    return new RunRow(
        spec.id(),
        provenance.sweep(),
        spec.target(),
        spec.noise(),
        spec.latentDimension(),
        spec.seed(),
        spec.configHash(),
        spec.config(),
        result.outcome(),
        result.message().orElse(null),
        result.divergedAt().isPresent() ? result.divergedAt().getAsInt() : null,
        spec.steps(),
        steps,
        spec.generator().parameterCount(spec.latentDimension(), d),
        spec.discriminator().parameterCount(d, 1),
        steps == 0 ? null : history.dLoss(steps - 1),
        steps == 0 ? null : history.gLoss(steps - 1),
        result.trainSeconds(),
        result.trainSeconds() > 0 ? steps / result.trainSeconds() : null,
        result.packSize(),
        result.backend(),
        result.device(),
        provenance.host(),
        provenance.attempt(),
        result.startedAt(),
        result.finishedAt(),
        provenance.version());
  }

  @SuppressWarnings("unchecked") // the writer of a table writes that table's rows
  private <R extends Record> TableWriter<R> writer(Table<R> table) throws IOException {
    TableWriter<?> writer = writers.get(table);
    if (writer == null) {
      writer =
          new TableWriter<>(
              storage,
              table,
              new Path(temporary, table.tableName() + ".parquet"),
              destination(table));
      writers.put(table, writer);
    }
    return (TableWriter<R>) writer;
  }

  private Path destination(Table<?> table) {
    RunPack.Shared shared = pack.shared();
    return paths.part(table, shared.target(), shared.latentDimension(), PartName.ofPack(pack.id()));
  }

  /**
   * Makes the pack's runs exist. If another attempt at the pack has committed it already, that
   * attempt's rows stay, which are the same, and this writer's rows are deleted.
   *
   * @return whether this writer's rows were committed
   * @throws IllegalStateException if a run of the pack was not added, or if the pack was committed
   *     or aborted
   * @throws IOException naming the file that cannot be written; the pack is aborted then
   */
  public boolean commit() throws IOException {
    checkOpen();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Cannot commit pack %s: no result of %s",
              pack.id(),
              missing.keySet().stream().sorted().toList()));
    }
    try {
      for (TableWriter<?> writer : writers.values()) {
        writer.finish(Map.of());
      }
      boolean first = !storage.exists(destination(Table.RUNS));
      if (first) {
        for (Table<?> table : DETAILS) {
          publish(table);
        }
        writers.get(Table.RUNS).publish();
      }
      abort();
      return first;
    } catch (IOException | RuntimeException e) {
      abortAfter(e);
      throw e;
    }
  }

  /**
   * Renames the file of a table to its destination. A file that is there while the pack has no file
   * of {@code runs} was left by an attempt that was killed during its commit. It is replaced or
   * deleted, so that all rows of the pack come from one attempt.
   */
  private void publish(Table<?> table) throws IOException {
    if (writers.containsKey(table)) {
      writers.get(table).publish();
    } else {
      storage.delete(destination(table));
    }
  }

  /**
   * Deletes all that this writer has written and not committed. Does nothing after a commit.
   *
   * @throws IOException if a file cannot be deleted
   */
  public void abort() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    for (TableWriter<?> writer : writers.values()) {
      writer.close();
    }
    storage.delete(temporary);
  }

  private void abortAfter(Exception e) {
    try {
      abort();
    } catch (IOException another) {
      e.addSuppressed(another);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "Cannot write pack %s: it was committed or aborted", pack.id()));
    }
  }

  /** Aborts the pack unless it was committed. */
  @Override
  public void close() throws IOException {
    abort();
  }
}
