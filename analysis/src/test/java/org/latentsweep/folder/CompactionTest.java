package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.scoring.MetricSet;
import org.latentsweep.scoring.SampleMetricSet;
import org.latentsweep.scoring.Scoring;
import org.latentsweep.table.SampleReader;
import org.latentsweep.table.Table;

class CompactionTest {
  /** About five times the bytes of a part of two runs. */
  private static final long TARGET = 40_000;

  /** The parts of each kind that {@link #commit} writes. */
  private static final int PARTS = 6 + 6 + 2 + 1;

  private static final int RUNS = 12 + 6 + 3 + 2;
  private static final RunSpec FAILED = TestRuns.spec("spiral", 1, 100);
  private static final MetricSet FIRST = set("first");
  private static final MetricSet SECOND = set("second");

  /** Has many small parts. */
  @TempDir private static Path committed;

  /** A copy of it that was merged, in which the merged parts have not been deleted. */
  @TempDir private static Path merged;

  private static List<Row> committedSums;
  private static int mergedParts;

  @TempDir private Path root;
  private final SparkSession spark = LocalSpark.session();

  /**
   * Commits fifteen packs of three kinds, with one run that failed and one that two packs hold, and
   * scores half of them. Merges them in a copy.
   */
  @BeforeAll
  static void commit() throws IOException {
    SweepFolder folder = TestFolders.create(committed);
    for (int seed = 1; seed < 12; seed += 2) {
      TestRuns.commit(folder, TestRuns.pack("spiral", 1, seed, seed + 1));
      TestRuns.commit(folder, TestRuns.pack("spiral", 2, seed, seed));
    }
    score(folder, FIRST);
    TestRuns.commit(folder, TestRuns.pack("normal-1d", 1, 1, 2));
    TestRuns.commit(folder, TestRuns.pack("normal-1d", 1, 2, 3));
    RunPack last = TestRuns.pack("spiral", 1, 99, 100);
    try (PackWriter writer = folder.startPack(last, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(last.runs().get(0)));
      writer.add(TestRuns.failed(FAILED));
      writer.commit();
    }
    score(folder, SECOND);
    committedSums = TestFolders.sums(folder);
    mergedParts = merge(TestFolders.copy(committed, merged));
  }

  private static MetricSet set(String name) {
    return new SampleMetricSet(
        "family",
        name,
        false,
        (target, points) ->
            List.of(new Metric(name, "none", points[0], 0.5, 0, 9, 0, points.length, 1, 0)));
  }

  private static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
  }

  private static Scoring.Result score(SweepFolder folder, MetricSet... sets) throws IOException {
    return Scoring.run(CompactionTest::context, folder, List.of(sets));
  }

  private static int merge(SweepFolder folder) throws IOException {
    return new Compaction(folder, TARGET).merge(CompactionTest::context);
  }

  private static List<String> files(SweepFolder folder, Table<?> table) throws IOException {
    return folder.files().stored(table).stream()
        .map(file -> file.path().getName())
        .sorted()
        .toList();
  }

  @Test
  void mergingChangesNoRow() throws IOException {
    SweepFolder folder = TestFolders.copy(merged, root);

    assertThat(mergedParts).isGreaterThanOrEqualTo(PARTS);
    assertThat(TestFolders.sums(folder)).isEqualTo(committedSums);
  }

  @Test
  void deletingWhatWasMergedChangesNoRow() throws IOException {
    Map<Table<?>, List<Row>> before = TestFolders.rows(TestFolders.create(committed));
    assertThat(before.get(Table.RUNS)).hasSize(RUNS);
    SweepFolder folder = TestFolders.copy(merged, root);

    folder.cleanUp();

    TestFolders.assertSameRows(folder, before);
    assertThat(SweepFolder.open(root.toString(), new Configuration()).runs().all()).hasSize(RUNS);
  }

  @Test
  void fewerLargerFilesAreLeft() throws IOException {
    assertThat(files(TestFolders.create(committed), Table.RUNS)).hasSize(PARTS);
    SweepFolder folder = TestFolders.copy(merged, root);

    folder.cleanUp();

    for (Table<?> table : Compaction.TABLES) {
      assertThat(files(folder, table))
          .hasSizeLessThan(8)
          .allMatch(name -> name.startsWith("merged-"));
    }
    assertThat(root.resolve("_temporary")).doesNotExist();
  }

  @Test
  void aSecondCompactionHasNothingToDo() throws IOException {
    SweepFolder folder = TestFolders.copy(merged, root);
    folder.cleanUp();
    Map<Table<?>, Compaction.Size> sizes = new Compaction(folder, TARGET).sizes();

    assertThat(new Compaction(folder, TARGET).merge(() -> null)).isZero();
    assertThat(new Compaction(folder, TARGET).sizes()).isEqualTo(sizes);
  }

  @Test
  void partsOfHalfTheTargetAreNotMerged() throws IOException {
    SweepFolder folder = TestFolders.copy(committed, root);
    List<String> before = files(folder, Table.RUNS);

    assertThat(new Compaction(folder, 5_000).merge(() -> null)).isZero();
    assertThat(files(folder, Table.RUNS)).isEqualTo(before);
  }

  /** Leaves what a task leaves that is killed before it renames its file of runs. */
  private void killMerge(SweepFolder folder) throws IOException {
    List<String> names = new ArrayList<>(files(folder, Table.RUNS));
    names.removeAll(files(TestFolders.create(committed), Table.RUNS));
    Files.delete(root.resolve("runs").resolve(names.get(0)));
  }

  /** Leaves what cleaning up leaves if it is killed after some of the files of runs. */
  private void killCleanUp(SweepFolder folder) throws IOException {
    Set<String> counting = new TreeSet<>();
    folder.runs().all().values().forEach(run -> counting.add(run.part() + ".parquet"));
    String notCounting =
        files(folder, Table.RUNS).stream()
            .filter(name -> !counting.contains(name))
            .findFirst()
            .orElseThrow();
    Files.delete(root.resolve("runs").resolve(notCounting));
  }

  @Test
  void aKilledMergeChangesNoRow() throws IOException {
    SweepFolder folder = TestFolders.copy(merged, root);
    killMerge(folder);

    assertThat(TestFolders.sums(folder)).isEqualTo(committedSums);
  }

  @Test
  void aKilledCleanUpChangesNoRow() throws IOException {
    SweepFolder folder = TestFolders.copy(merged, root);
    killMerge(folder);
    killCleanUp(folder);

    assertThat(TestFolders.sums(folder)).isEqualTo(committedSums);
  }

  @Test
  void theNextCompactionCompletesAKilledOne() throws IOException {
    SweepFolder folder = TestFolders.copy(merged, root);
    killMerge(folder);
    killCleanUp(folder);

    assertThat(TestFolders.create(root).cleanUp()).isPositive();
    assertThat(TestFolders.sums(folder)).isEqualTo(committedSums);
    assertThat(merge(folder)).isPositive();
    folder.cleanUp();
    assertThat(TestFolders.sums(folder)).isEqualTo(committedSums);
    assertThat(merge(folder)).isZero();
  }

  @Test
  void readersSeeTheSameRowsDuringAMerge() throws Exception {
    SweepFolder folder = TestFolders.copy(committed, root);
    SparkSession reading = spark.newSession();
    for (String statement : Files.readString(root.resolve("views.sql")).split(";\n")) {
      reading.sql(
          statement); // as other programs do, these views also show files that are added later
    }
    List<Row> before = TestFolders.sums(reading);
    AtomicBoolean merging = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Set<List<Row>>> queries =
          threads.submit(() -> seen(merging, () -> TestFolders.sums(reading)));
      Future<Set<Integer>> files =
          threads.submit(() -> seen(merging, () -> runsWithAllFiles(folder)));
      merge(folder);
      merging.set(false);
      assertThat(queries.get()).containsExactly(before);
      assertThat(files.get()).containsExactly(22);
    } finally {
      merging.set(false);
      threads.shutdown();
    }
  }

  private static <T> Set<T> seen(AtomicBoolean merging, Callable<T> read) throws Exception {
    Set<T> seen = new HashSet<>();
    do {
      seen.add(read.call());
    } while (merging.get());
    return seen;
  }

  /** Returns the number of completed runs whose part has all its files. */
  private static int runsWithAllFiles(SweepFolder folder) throws IOException {
    int complete = 0;
    for (StoredRun run : folder.runs().all().values()) {
      boolean all = run.row().outcome() == Outcome.COMPLETED;
      for (Table<?> table : PackWriter.DETAILS) {
        Path file =
            Path.of(
                folder
                    .paths()
                    .part(table, run.row().target(), run.row().latentDim(), run.part())
                    .toUri()
                    .getPath());
        all &= Files.exists(file);
      }
      complete += all ? 1 : 0;
    }
    return complete;
  }

  @Test
  void metricsStayCompleteAfterAMerge() throws IOException {
    SweepFolder folder = TestFolders.copy(committed, root);
    assertThat(score(folder, FIRST).runs()).isEqualTo(3 + 1);
    merge(folder);
    folder.cleanUp();

    assertThat(score(folder, FIRST, SECOND).packs()).isZero();
  }

  @Test
  void aMergedFolderCanBeScored() throws IOException {
    SweepFolder folder = TestFolders.copy(merged, root);
    folder.cleanUp();

    Scoring.Result report = score(folder, FIRST, SECOND, set("third"));
    assertThat(report.runs()).isEqualTo(22);
    assertThat(report.failures()).isEmpty();
    assertThat(
            LocalSpark.sql(
                    folder,
                    "SELECT metric, count(*), count(DISTINCT run_id) FROM metrics GROUP BY 1")
                .collectAsList())
        .hasSize(3)
        .allMatch(row -> row.getLong(1) == 22 && row.getLong(2) == 22);
  }

  @Test
  void samplesOfARunAndStepStayTogether() throws IOException {
    SweepFolder folder = TestFolders.copy(merged, root);
    Set<String> sets = new TreeSet<>();
    for (StoredRun run : folder.runs().all().values()) {
      if (run.row().outcome() == Outcome.COMPLETED && run.row().latentDim() == 2) {
        try (SampleReader reader =
            folder.samples().ofPart("spiral", 2, run.part(), OptionalInt.empty())) {
          while (reader.next()) {
            if (reader.runId().equals(run.id().hex())) {
              assertThat(sets.add(reader.runId() + " " + reader.step())).isTrue();
            }
          }
        }
      }
    }
    assertThat(sets).hasSize(6 * 3);
  }

  @Test
  void aRunThatTwoPartsHoldCanBeDropped() throws IOException {
    SweepFolder folder = TestFolders.copy(merged, root);

    assertThat(folder.runs().drop(Set.of(FAILED.id()))).isPositive();

    assertThat(folder.runs().all()).doesNotContainKey(FAILED.id());
    folder.cleanUp();
    assertThat(folder.runs().all()).hasSize(RUNS - 1).doesNotContainKey(FAILED.id());
  }

  @Test
  void aMergedFolderCanGrow() throws IOException {
    SweepFolder folder = TestFolders.copy(merged, root);
    folder.runs().drop(Set.of(FAILED.id()));
    folder.cleanUp();

    TestRuns.commit(folder, new RunPack(List.of(FAILED)));
    TestRuns.commit(folder, TestRuns.pack("spiral", 1, 200, 201));
    score(folder, FIRST, SECOND);
    List<Row> before = TestFolders.sums(folder);
    assertThat(before.get(0).getLong(0)).isEqualTo(25);
    assertThat(merge(folder)).isPositive();
    folder.cleanUp();
    assertThat(TestFolders.sums(folder)).isEqualTo(before);
    assertThat(folder.runs().all().get(FAILED.id()).row().outcome()).isEqualTo(Outcome.COMPLETED);
  }
}
