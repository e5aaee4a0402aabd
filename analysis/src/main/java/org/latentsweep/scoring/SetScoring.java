package org.latentsweep.scoring;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.latentsweep.folder.StoredMetrics;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TaskCancellation;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.RunId;
import org.latentsweep.table.MetricRow;
import org.latentsweep.table.TableReader;
import org.latentsweep.table.TableWriter;

/**
 * Replaces one part's file of one set of metrics. Copies the rows of runs that have the whole set,
 * and measures the other runs, one after the other.
 */
final class SetScoring<S extends MetricSet> implements Closeable {
  private final S set;
  private final TableWriter<MetricRow> writer;
  private final Set<RunId> completeBefore;
  private final boolean replaces; // whether there is a file already
  private final List<MetricRow> dropped = new ArrayList<>(); // rows of it that are not copied
  private final List<MetricRow> added = new ArrayList<>(); // empty if there was no file
  private final TreeSet<RunId> scored = new TreeSet<>();
  private final TreeMap<RunId, String> failures = new TreeMap<>();
  private long rows;

  private final List<MetricRow> current = new ArrayList<>(); // rows of the run being measured
  private String failure; // of that run; null if there is none

  /**
   * Starts a file, with the rows that stay.
   *
   * @param part the name of the part
   * @param runs the ids of the part's runs
   * @throws IOException naming the file that cannot be read or written
   */
  SetScoring(SweepFolder folder, String part, S set, Set<RunId> runs) throws IOException {
    this.set = set;
    Set<RunId> complete =
        folder.metrics().completeRuns(part, set.name()); // a complete set may have no rows
    this.completeBefore = runs.stream().filter(complete::contains).collect(Collectors.toSet());
    this.writer = folder.metrics().writer(part, set.name());
    try {
      this.replaces = copyBefore(folder.metrics().reader(part, set.name()));
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private boolean copyBefore(Optional<TableReader<MetricRow>> rowsBefore) throws IOException {
    if (rowsBefore.isPresent()) {
      try (TableReader<MetricRow> reader = rowsBefore.get()) {
        copy(reader);
      }
    }
    return rowsBefore.isPresent();
  }

  private void copy(TableReader<MetricRow> reader) throws IOException {
    for (MetricRow row = reader.next(); row != null; row = reader.next()) {
      if (completeBefore.contains(row.runId())) {
        writer.add(row);
      } else {
        dropped.add(row);
      }
    }
  }

  /** Returns the set of metrics. */
  S set() {
    return set;
  }

  /** Returns whether a run lacks metrics of the set. */
  boolean wants(StoredRun run) {
    return !completeBefore.contains(run.id());
  }

  /**
   * Adds the metrics of a run's samples or generator, or a row with the reason why there are none.
   *
   * @param step the step after which the samples were drawn or the generator was stored
   * @param n the number of samples; 0 for a generator
   * @param scorer computes the metrics
   */
  void measure(StoredRun run, int step, int n, Supplier<List<Metric>> scorer) {
    TaskCancellation.throwIfKilled("scoring of " + set.name());
    try {
      List<Metric> metrics = measured(scorer.get());
      metrics.forEach(metric -> current.add(MetricRow.measured(run.id(), step, metric)));
      rows += metrics.size();
    } catch (RuntimeException | OutOfMemoryError e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      fail(run, step, n, reason);
    }
  }

  /**
   * Returns the metrics, after checking that their values are numbers.
   *
   * @throws IllegalArgumentException listing the metrics whose value is NaN
   */
  static List<Metric> measured(List<Metric> metrics) {
    String undefined =
        metrics.stream()
            .filter(metric -> Double.isNaN(metric.value()))
            .map(Metric::metric)
            .collect(Collectors.joining(", "));
    if (!undefined.isEmpty()) {
      throw new IllegalArgumentException("Cannot measure samples: not a number: " + undefined);
    }
    return metrics;
  }

  /** Adds a row with the reason why a run's samples or generator cannot be measured. */
  void fail(StoredRun run, int step, long n, String reason) {
    current.add(MetricRow.failed(run.id(), step, set.family(), set.name(), n, reason));
    failure = failure == null ? "step " + step + ": " + reason : failure;
  }

  /**
   * Writes the rows of a run, after everything of it that can be read has been measured.
   *
   * @param readError why something of the run could not be read, if that happened
   * @throws IOException naming the file that cannot be written
   */
  void end(StoredRun run, Optional<String> readError) throws IOException {
    if (set.snapshots()) {
      readError.ifPresent(reason -> fail(run, 0, 0, reason));
    } else if (current.isEmpty()) {
      fail(run, run.row().steps(), 0, readError.orElse(set.nothingToMeasure()));
    }
    for (MetricRow row : current) {
      writer.add(row);
      if (replaces) {
        added.add(row);
      }
    }
    if (failure == null) {
      scored.add(run.id());
    } else {
      failures.put(run.id(), failure);
    }
    current.clear();
    failure = null;
  }

  /**
   * Commits the file, unless that would only replace a file with the same rows.
   *
   * @throws IOException naming the file that cannot be written
   */
  void commit() throws IOException {
    if (replaces && scored.isEmpty() && added.equals(dropped)) {
      return;
    }
    TreeSet<RunId> complete = new TreeSet<>(completeBefore);
    complete.addAll(scored);
    writer.finish(StoredMetrics.completeNote(complete));
    writer.publish();
  }

  /** Returns the runs for which the set was completed. */
  Set<RunId> scored() {
    return scored;
  }

  /** Returns the reasons why the set could not be completed, by run. */
  Map<RunId, String> failures() {
    return failures;
  }

  /** Returns the number of metrics that were measured. */
  long rows() {
    return rows;
  }

  /** Deletes the temporary file unless it was committed. */
  @Override
  public void close() throws IOException {
    writer.close();
  }
}
