package org.latentsweep.scoring;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.table.SweepFolder;

/**
 * Computes the metrics that are missing. A pack is the unit: one task reads its samples once, as a
 * stream, and replaces its file of metrics of the family. Only completed runs are scored.
 */
public final class Scoring {
  private Scoring() {}

  /**
   * A run without metrics.
   *
   * @param run its id
   * @param reason why it could not be scored
   */
  public record Failure(RunId run, String reason) implements Serializable {}

  /**
   * What a job did.
   *
   * @param packs that had runs to score
   * @param runs that were scored
   * @param rows of metrics that were written
   * @param failures of the runs that could not be scored, by run; they are tried again next time
   */
  public record Report(int packs, int runs, long rows, List<Failure> failures)
      implements Serializable {

    /** Copies the failures. */
    public Report {
      failures = List.copyOf(failures);
    }

    private Report plus(Report other) {
      List<Failure> all = new ArrayList<>(failures);
      all.addAll(other.failures);
      all.sort(Comparator.comparing(Failure::run));
      return new Report(packs + other.packs, runs + other.runs, rows + other.rows, all);
    }
  }

  /**
   * Scores every completed run that has no metrics of the family.
   *
   * @param spark asked for only if there is something to score
   * @throws IOException naming the files that cannot be read or written; a run whose samples cannot
   *     be read or scored is a failure in the report instead
   */
  public static Report run(
      Supplier<JavaSparkContext> spark, SweepFolder folder, MetricFamily family)
      throws IOException {
    List<ArrayList<RunToScore>> packs = unscored(folder, family);
    if (packs.isEmpty()) {
      return new Report(0, 0, 0, List.of());
    }
    return spark
        .get()
        .parallelize(packs, packs.size())
        .map(pack -> new PackScoring(folder, family, pack).run())
        .reduce(Report::plus);
  }

  /** Most runs first, so that no long task starts last. */
  private static List<ArrayList<RunToScore>> unscored(SweepFolder folder, MetricFamily family)
      throws IOException {
    Map<String, ArrayList<RunToScore>> packs =
        folder.finishedRuns().values().stream()
            .filter(run -> run.outcome() == Outcome.COMPLETED)
            .map(RunToScore::of)
            .collect(
                Collectors.groupingBy(RunToScore::part, Collectors.toCollection(ArrayList::new)));
    List<ArrayList<RunToScore>> unscored = new ArrayList<>();
    for (Map.Entry<String, ArrayList<RunToScore>> pack : packs.entrySet()) {
      Set<String> scored = scored(folder, pack.getKey(), family);
      if (!pack.getValue().stream().allMatch(run -> scored.contains(run.id().hex()))) {
        unscored.add(pack.getValue());
      }
    }
    unscored.sort(Comparator.comparingInt(pack -> -pack.size()));
    return unscored;
  }

  /** A note rather than the rows, as a family may give a run none. */
  private static Set<String> scored(SweepFolder folder, String part, MetricFamily family)
      throws IOException {
    String runs = folder.metricsNotes(part, family.name()).getOrDefault(PackScoring.RUNS, "");
    return Set.copyOf(Arrays.asList(runs.split(" ")));
  }
}
