package org.latentsweep.scoring;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.target.TargetDistribution;

/**
 * Computes the metrics that are missing. A pack is a task, which reads its samples once, as a
 * stream, and its generators once, for all sets of metrics that are missing, and replaces its files
 * of those. Only completed runs are scored.
 */
public final class Scoring {
  private Scoring() {}

  /**
   * A run of which metrics are missing.
   *
   * @param run its id
   * @param reason why they could not be computed
   */
  public record Failure(RunId run, String reason) implements Serializable {}

  /**
   * What a job did.
   *
   * @param packs that had runs to score
   * @param runs that have metrics now and had not
   * @param rows of metrics that were measured
   * @param failures of runs that could not be scored, by run; they are tried again next time
   * @param damaged files that were met, as qualified paths
   */
  public record Report(
      int packs, int runs, long rows, List<Failure> failures, SortedSet<String> damaged)
      implements Serializable {

    /** Copies the collections. */
    public Report {
      failures = List.copyOf(failures);
      damaged = Collections.unmodifiableSortedSet(new TreeSet<>(damaged));
    }

    /** Of packs without damage. */
    Report(int packs, int runs, long rows, List<Failure> failures) {
      this(packs, runs, rows, failures, new TreeSet<>());
    }

    private Report plus(Report other) {
      List<Failure> all = new ArrayList<>(failures);
      all.addAll(other.failures);
      all.sort(Comparator.comparing(Failure::run).thenComparing(Failure::reason));
      SortedSet<String> files = new TreeSet<>(damaged);
      files.addAll(other.damaged);
      return new Report(packs + other.packs, runs + other.runs, rows + other.rows, all, files);
    }
  }

  /**
   * Computes, for every completed run, those of the sets of metrics that it has not.
   *
   * @param spark asked for only if there is something to score
   * @throws IOException naming the files that cannot be read or written; a run whose samples cannot
   *     be read or scored is a failure in the report instead, and a row of {@code metrics}
   */
  public static Report run(
      Supplier<JavaSparkContext> spark, SweepFolder folder, List<MetricSet> sets)
      throws IOException {
    List<PackToScore> packs = unscored(folder, sets);
    List<MetricSet> known = List.copyOf(sets); // which can be sent to tasks
    if (packs.isEmpty()) {
      return new Report(0, 0, 0, List.of());
    }
    return spark
        .get()
        .parallelize(packs, packs.size())
        .map(pack -> new PackScoring(folder, pack, known).run())
        .reduce(Report::plus);
  }

  /**
   * Measures samples that are no run's.
   *
   * @param target p
   * @param points samples of q, row-major [n, d]
   * @throws IllegalArgumentException naming everything that keeps one of the sets from being
   *     measured
   */
  public static List<Metric> score(
      TargetDistribution target, float[] points, List<MetricSet> sets) {
    List<Metric> metrics = new ArrayList<>();
    Set<String> problems = new LinkedHashSet<>();
    for (MetricSet set : sets) {
      try {
        metrics.addAll(SetScoring.measured(ofSamples(set).score(target, points)));
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage().replaceFirst("^Cannot measure samples: ", ""));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Cannot measure samples: " + String.join("; ", problems));
    }
    return metrics;
  }

  private static SampleScorer ofSamples(MetricSet set) {
    if (set instanceof SampleMetricSet samples) {
      return samples.scorer();
    }
    throw new IllegalArgumentException(set.family() + " is measured of generators alone");
  }

  /** Most work first, so that no long task starts last. */
  private static List<PackToScore> unscored(SweepFolder folder, List<MetricSet> sets)
      throws IOException {
    Map<String, List<StoredRun>> packs =
        folder.runs().all().values().stream()
            .filter(run -> run.row().outcome() == Outcome.COMPLETED)
            .collect(Collectors.groupingBy(StoredRun::part));
    List<PackToScore> unscored = new ArrayList<>();
    for (List<StoredRun> pack : packs.values()) {
      Set<String> missing = missing(folder, pack, sets);
      if (!missing.isEmpty()) {
        unscored.add(new PackToScore(pack, missing));
      }
    }
    unscored.sort(Comparator.comparingInt(pack -> -pack.runs().size() * pack.missing().size()));
    return unscored;
  }

  private static Set<String> missing(SweepFolder folder, List<StoredRun> pack, List<MetricSet> sets)
      throws IOException {
    Set<String> missing = new HashSet<>();
    for (MetricSet set : sets) {
      Set<RunId> complete = folder.metrics().completeRuns(pack.get(0).part(), set.name());
      if (!pack.stream().allMatch(run -> complete.contains(run.id()))) {
        missing.add(set.name());
      }
    }
    return missing;
  }
}
