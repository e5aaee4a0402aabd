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
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.target.TargetDistribution;

/**
 * Computes missing metrics. Each part of an output folder is a Spark task. The task reads the
 * part's samples once, as a stream, and its generators once, computes all missing sets of metrics,
 * and replaces the files of these sets. Only completed runs are scored.
 */
public final class Scoring {
  private Scoring() {}

  /**
   * A run of which a set of metrics could not be computed.
   *
   * @param run the run's id
   * @param reason why the metrics could not be computed
   */
  public record Failure(RunId run, String reason) implements Serializable {}

  /**
   * What a job did.
   *
   * @param packs the number of parts that had runs to score
   * @param runs the number of runs for which a set of metrics was completed
   * @param rows the number of metrics that were measured
   * @param failures the runs that could not be scored, ordered by run; the next job tries them
   *     again
   * @param damaged the damaged files that were found, as qualified paths
   */
  public record Result(
      int packs, int runs, long rows, List<Failure> failures, SortedSet<String> damaged)
      implements Serializable {

    /** Copies the collections. */
    public Result {
      failures = List.copyOf(failures);
      damaged = Collections.unmodifiableSortedSet(new TreeSet<>(damaged));
    }

    /** Makes a result without damaged files. */
    Result(int packs, int runs, long rows, List<Failure> failures) {
      this(packs, runs, rows, failures, new TreeSet<>());
    }

    private Result plus(Result other) {
      List<Failure> all = new ArrayList<>(failures);
      all.addAll(other.failures);
      all.sort(Comparator.comparing(Failure::run).thenComparing(Failure::reason));
      SortedSet<String> files = new TreeSet<>(damaged);
      files.addAll(other.damaged);
      return new Result(packs + other.packs, runs + other.runs, rows + other.rows, all, files);
    }
  }

  /**
   * Computes, for every completed run, the sets of metrics that it lacks.
   *
   * @param spark called only if there is something to score
   * @throws IOException naming the files that cannot be read or written; but a run whose samples or
   *     generator cannot be read or scored only becomes a failure in the result and a row of {@code
   *     metrics}
   */
  public static Result run(
      Supplier<JavaSparkContext> spark, SweepFolder folder, List<MetricSet> sets)
      throws IOException {
    List<PackToScore> packs = unscored(folder, sets);
    List<MetricSet> sent = List.copyOf(sets); // every copy is serializable
    if (packs.isEmpty()) {
      return new Result(0, 0, 0, List.of());
    }
    return spark
        .get()
        .parallelize(packs, packs.size())
        .map(pack -> new PackScoring(folder, pack, sent).run())
        .reduce(Result::plus);
  }

  /**
   * Measures samples that do not belong to a run. Divergences that contradict one another have a
   * reason that says so.
   *
   * @param target the target p
   * @param points the samples, row-major [n, d]
   * @throws IllegalArgumentException listing all reasons why sets could not be measured
   */
  public static List<Metric> score(
      TargetDistribution target, float[] points, List<MetricSet> sets) {
    Set<String> problems = Collections.synchronizedSet(new LinkedHashSet<>());
    List<Metric> metrics =
        sets.parallelStream().flatMap(set -> measured(target, points, set, problems)).toList();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Cannot measure samples: " + String.join("; ", problems));
    }
    return Contradictions.flagged(target, metrics);
  }

  private static Stream<Metric> measured(
      TargetDistribution target, float[] points, MetricSet set, Set<String> problems) {
    try {
      return SetScoring.measured(set.ofSamples(target, points)).stream();
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage().replaceFirst("^Cannot measure samples: ", ""));
      return Stream.empty();
    }
  }

  /** Returns the parts with the most work first, so that no long task starts last. */
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
