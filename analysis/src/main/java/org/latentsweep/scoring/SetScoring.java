package org.latentsweep.scoring;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TaskCancellation;
import org.latentsweep.metric.Metric;
import org.latentsweep.table.TableReader;
import org.latentsweep.table.TableWriter;
import org.latentsweep.target.TargetDistribution;

/**
 * Replaces one pack's file of one set of metrics: rows of runs that have all of theirs are copied,
 * the other runs are measured, one after the other.
 */
final class SetScoring implements Closeable {
  private final MetricSet set;
  private final TableWriter writer;
  private final Set<String> before;
  private final boolean replaces;
  private final List<List<Object>> dropped = new ArrayList<>();
  private final List<List<Object>> added = new ArrayList<>(); // only where it replaces
  private final TreeSet<String> scored = new TreeSet<>();
  private final TreeMap<String, String> failures = new TreeMap<>();
  private long rows;

  private final List<Object[]> current = new ArrayList<>(); // rows of the run being measured
  private String failure; // of it

  /** Starts with what is there. */
  SetScoring(SweepFolder folder, String part, MetricSet set, Set<String> pack) throws IOException {
    this.set = set;
    Set<String> complete =
        folder.measuredRuns(part, set.name()); // by a note, as a set may give no rows
    this.before = pack.stream().filter(complete::contains).collect(Collectors.toSet());
    this.writer = folder.metricsWriter(part, set.name());
    try {
      this.replaces = copyBefore(folder.metrics(part, set.name()));
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private boolean copyBefore(Optional<TableReader> rowsBefore) throws IOException {
    if (rowsBefore.isPresent()) {
      try (TableReader reader = rowsBefore.get()) {
        copy(reader);
      }
    }
    return rowsBefore.isPresent();
  }

  private void copy(TableReader reader) throws IOException {
    for (Object[] row = reader.next(); row != null; row = reader.next()) {
      if (before.contains((String) row[0])) {
        writer.add(row);
      } else {
        dropped.add(Arrays.asList(row));
      }
    }
  }

  boolean measuresGenerators() {
    return set.measuresGenerators();
  }

  boolean wants(RunToScore run) {
    return !before.contains(run.id().hex());
  }

  boolean wants(RunToScore run, int step) {
    return wants(run) && set.measures(step, run.steps());
  }

  /** Measures samples [n, d]: all metrics of them, or a row that says why not. */
  void measure(RunToScore run, int step, TargetDistribution target, float[] points) {
    SampleScorer scorer = (SampleScorer) set.scorer();
    int n = points.length / target.dimensions();
    measure(run, step, n, () -> scorer.score(target, points));
  }

  /** Measures a generator: all metrics of it, or a row that says why not. */
  void measure(RunToScore run, TargetDistribution target, byte[] archive) {
    GeneratorScorer scorer = (GeneratorScorer) set.scorer();
    measure(run, run.steps(), 0, () -> scorer.score(target, run.noise(), archive));
  }

  private void measure(RunToScore run, int step, int n, Supplier<List<Metric>> scorer) {
    TaskCancellation.throwIfKilled("scoring of " + set.name());
    try {
      List<Metric> metrics = measured(scorer.get());
      metrics.forEach(metric -> current.add(MetricRow.measured(run, step, metric)));
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

  void fail(RunToScore run, int step, long n, String reason) {
    current.add(MetricRow.failed(run, step, set, n, reason));
    failure = failure == null ? "step " + step + ": " + reason : failure;
  }

  /** Writes the rows of a run, of which all was seen that is to be measured and readable. */
  void end(RunToScore run, Optional<String> unreadable) throws IOException {
    if (set.snapshots()) {
      unreadable.ifPresent(reason -> fail(run, 0, 0, reason));
    } else if (current.isEmpty()) {
      String missing = set.measuresGenerators() ? "is no generator" : "are no samples";
      fail(run, run.steps(), 0, unreadable.orElse("there " + missing));
    }
    for (Object[] row : current) {
      writer.add(row);
      if (replaces) {
        added.add(Arrays.asList(row));
      }
    }
    if (failure == null) {
      scored.add(run.id().hex());
    } else {
      failures.put(run.id().hex(), failure);
    }
    current.clear();
    failure = null;
  }

  /** Publishes the file, unless it would say what the one that is there says. */
  void commit() throws IOException {
    if (replaces && scored.isEmpty() && added.equals(dropped)) {
      return;
    }
    TreeSet<String> complete = new TreeSet<>(before);
    complete.addAll(scored);
    writer.finish(SweepFolder.measuredNote(complete));
    writer.publish();
  }

  /** The runs that have all metrics of the set now and had not before. */
  Set<String> scored() {
    return scored;
  }

  /** Why runs have not, by run. */
  Map<String, String> failures() {
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
