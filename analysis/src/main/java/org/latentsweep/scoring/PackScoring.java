package org.latentsweep.scoring;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.latentsweep.run.RunId;
import org.latentsweep.table.SweepFolder;
import org.latentsweep.table.TableReader;
import org.latentsweep.table.TableWriter;

/** Scores the completed runs of one pack in one pass over its samples. */
final class PackScoring {
  /** The footer's note that names the runs that a file of metrics covers. */
  static final String RUNS = "latentsweep.runs";

  private final SweepFolder folder;
  private final MetricFamily family;
  private final String part;
  private final RunToScore first;
  private final Map<String, RunToScore> unread = new TreeMap<>();
  private final TreeSet<String> scored = new TreeSet<>();
  private final TreeMap<String, String> failures = new TreeMap<>();
  private long rows;

  PackScoring(SweepFolder folder, MetricFamily family, List<RunToScore> pack) {
    this.folder = folder;
    this.family = family;
    this.first = pack.get(0);
    this.part = first.part();
    pack.forEach(run -> unread.put(run.id().hex(), run));
  }

  Scoring.Report run() throws IOException {
    try (TableWriter writer = folder.metricsWriter(part, family.name())) {
      scoreRuns(writer);
      if (!scored.isEmpty()) {
        writer.finish(Map.of(RUNS, String.join(" ", scored)));
        writer.publish();
      }
    }
    return new Scoring.Report(
        1,
        scored.size(),
        rows,
        failures.entrySet().stream()
            .map(failure -> new Scoring.Failure(new RunId(failure.getKey()), failure.getValue()))
            .collect(Collectors.toList()));
  }

  private void scoreRuns(TableWriter writer) throws IOException {
    TableReader reader;
    try {
      reader = folder.samples(first.target(), first.latentDimension(), part);
    } catch (IOException e) {
      failUnread(e);
      return;
    }
    try (reader) {
      scoreRuns(reader, writer);
    }
    for (RunToScore run : List.copyOf(unread.values())) {
      keep(new RunScoring(run, family), writer);
    }
  }

  private void scoreRuns(TableReader reader, TableWriter writer) throws IOException {
    RunScoring current = null;
    for (Object[] row = next(reader); row != null; row = next(reader)) {
      String id = (String) row[0];
      if (current != null && !current.id().equals(id)) {
        keep(current, writer);
        current = null;
      }
      if (current == null && unread.containsKey(id)) {
        current = new RunScoring(unread.get(id), family);
      }
      if (current != null) {
        current.add((Integer) row[1], (Float) row[2], (Float) row[3]);
      }
    }
    if (current != null) {
      keep(current, writer);
    }
  }

  /** Null after the last row, and after one that cannot be read. */
  private Object[] next(TableReader reader) {
    try {
      return reader.next();
    } catch (IOException e) {
      failUnread(e);
      return null;
    }
  }

  private void failUnread(IOException e) {
    unread.keySet().forEach(run -> failures.put(run, e.getMessage()));
    unread.clear();
  }

  /** Writes a run's rows, all or, where any of its samples could not be scored, none. */
  private void keep(RunScoring run, TableWriter writer) throws IOException {
    if (unread.remove(run.id()) == null) {
      return;
    }
    if (TaskContext.get() != null && TaskContext.get().isInterrupted()) {
      throw new TaskKilledException("scoring of " + part + " was cancelled");
    }
    List<Object[]> metrics;
    try {
      metrics = run.rows();
    } catch (RuntimeException e) {
      failures.put(run.id(), e.getMessage() == null ? e.toString() : e.getMessage());
      return;
    }
    for (Object[] row : metrics) {
      writer.add(row);
    }
    scored.add(run.id());
    rows += metrics.size();
  }
}
