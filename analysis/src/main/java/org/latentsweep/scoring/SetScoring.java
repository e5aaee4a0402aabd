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
 * Replaces one pack's file of one set of metrics: rows of runs that have all of theirs are copied,
 * the other runs are measured, one after the other.
 */
final class SetScoring<S extends MetricSet> implements Closeable {
  private final S set;
  private final TableWriter<MetricRow> writer;
  private final Set<RunId> before;
  private final boolean replaces;
  private final List<MetricRow> dropped = new ArrayList<>();
  private final List<MetricRow> added = new ArrayList<>(); // only where it replaces
  private final TreeSet<RunId> scored = new TreeSet<>();
  private final TreeMap<RunId, String> failures = new TreeMap<>();
  private long rows;

  private final List<MetricRow> current = new ArrayList<>(); // rows of the run being measured
  private String failure; // of it

  /** Starts with what is there. */
  SetScoring(SweepFolder folder, String part, S set, Set<RunId> pack) throws IOException {
    this.set = set;
    Set<RunId> complete =
        folder.metrics().completeRuns(part, set.name()); // by a note, as a set may give no rows
    this.before = pack.stream().filter(complete::contains).collect(Collectors.toSet());
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
      if (before.contains(row.runId())) {
        writer.add(row);
      } else {
        dropped.add(row);
      }
    }
  }

  /** The set of metrics. */
  S set() {
    return set;
  }

  /** Whether a run has not all metrics of the set yet. */
  boolean wants(StoredRun run) {
    return !before.contains(run.id());
  }

  /**
   * Adds all metrics of something of a run, or a row that says why it cannot be measured.
   *
   * @param step of the run
   * @param n the number of samples
   * @param scorer computes the metrics
   */
  void measure(StoredRun run, int step, int n, Supplier<List<Metric>> scorer) {
    TaskCancellation.throwIfKilled("scoring of " + set.name());
    try {
      List<Metric> metrics = measured(scorer.get());
      metrics.forEach(metric -> current.add(MetricRow.measured(run.id(), step, metric)));
      rows += metrics.size();
    } catch (RuntimeException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      fail(run, step, n, reason);
    }
  }

  /**
   * Metrics that say something.
   *
   * @throws IllegalArgumentException naming those that are not numbers
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

  /** Adds a row that says why something of a run cannot be measured. */
  void fail(StoredRun run, int step, long n, String reason) {
    current.add(MetricRow.failed(run.id(), step, set.family(), set.name(), n, reason));
    failure = failure == null ? "step " + step + ": " + reason : failure;
  }

  /** Writes the rows of a run, of which all was seen that is to be measured and readable. */
  void end(StoredRun run, Optional<String> unreadable) throws IOException {
    if (set.snapshots()) {
      unreadable.ifPresent(reason -> fail(run, 0, 0, reason));
    } else if (current.isEmpty()) {
      String missing = set instanceof GeneratorMetricSet ? "is no generator" : "are no samples";
      fail(run, run.row().steps(), 0, unreadable.orElse("there " + missing));
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

  /** Publishes the file, unless it would say what the one that is there says. */
  void commit() throws IOException {
    if (replaces && scored.isEmpty() && added.equals(dropped)) {
      return;
    }
    TreeSet<RunId> complete = new TreeSet<>(before);
    complete.addAll(scored);
    writer.finish(StoredMetrics.completeNote(complete));
    writer.publish();
  }

  /** The runs that have all metrics of the set now and had not before. */
  Set<RunId> scored() {
    return scored;
  }

  /** Why runs have not, by run. */
  Map<RunId, String> failures() {
    return failures;
  }

  /** How many metrics were measured. */
  long rows() {
    return rows;
  }

  /** Leaves no temporary file. */
  @Override
  public void close() throws IOException {
    writer.close();
  }
}
