package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.scoring.MetricSet;
import org.latentsweep.scoring.SampleMetricSet;
import org.latentsweep.scoring.Scoring;
import org.latentsweep.table.PartName;
import org.latentsweep.table.SampleReader;
import org.latentsweep.table.Table;

class CompactionTest {
  /** Of which a part of two runs has about a fifth. */
  private static final long TARGET = 40_000;

  private static final RunSpec FAILED = TestRuns.spec("spiral", 1, 100);
  private static final MetricSet FIRST = set("first");
  private static final MetricSet SECOND = set("second");

  @TempDir private static Path committed;
  @TempDir Path root;
  private SweepFolder folder;
  private final SparkSession spark = LocalSpark.session();

  /**
   * Fifteen packs of three kinds, one run that failed, one that two packs hold; half are scored.
   */
  @BeforeAll
  static void commit() throws IOException {
    SweepFolder folder = SweepFolder.create(committed.toString(), new Configuration());
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
  }

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.walk(committed)) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, root.resolve(committed.relativize(file).toString()));
      }
    }
    folder = SweepFolder.create(root.toString(), new Configuration());
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

  private static Scoring.Report score(SweepFolder folder, MetricSet... sets) throws IOException {
    return Scoring.run(CompactionTest::context, folder, List.of(sets));
  }

  private Scoring.Report score(MetricSet... sets) throws IOException {
    return score(folder, sets);
  }

  private int merge() throws IOException {
    return new Compaction(folder, TARGET).merge(CompactionTest::context);
  }

  private Map<Table<?>, List<Row>> rows() {
    Views.define(spark, folder);
    Map<Table<?>, List<Row>> rows = new HashMap<>();
    Compaction.TABLES.forEach(
        table -> rows.put(table, spark.table(table.tableName()).collectAsList()));
    return rows;
  }

  /** By EXCEPT ALL, both ways. */
  private void assertSameRows(Map<Table<?>, List<Row>> before) {
    Views.define(spark, folder);
    before.forEach(
        (table, rows) -> {
          Dataset<Row> now = spark.table(table.tableName());
          Dataset<Row> then = spark.createDataFrame(rows, now.schema());
          assertThat(rows).isNotEmpty();
          assertThat(now.exceptAll(then).collectAsList()).as(table + " gained").isEmpty();
          assertThat(then.exceptAll(now).collectAsList()).as(table + " lost").isEmpty();
        });
  }

  /** For each table how many rows there are, and the sum of their hashes. */
  private List<Row> sums() {
    Views.define(spark, folder);
    return sums(spark);
  }

  private static List<Row> sums(SparkSession session) {
    return session
        .sql(
            Compaction.TABLES.stream()
                .map(table -> "SELECT count(*), sum(xxhash64(*)) FROM " + table.tableName())
                .collect(Collectors.joining(" UNION ALL ")))
        .collectAsList();
  }

  private List<String> files(Table<?> table) throws IOException {
    return folder.files().stored(table).stream()
        .map(file -> file.path().getName())
        .sorted()
        .toList();
  }

  @Test
  void filesAreMergedAndNoRowChanges() throws IOException {
    Map<Table<?>, List<Row>> before = rows();
    assertThat(before.get(Table.RUNS)).hasSize(12 + 6 + 3 + 2);
    assertThat(files(Table.RUNS)).hasSize(6 + 6 + 2 + 1);

    List<Row> sums = sums();
    assertThat(merge()).isGreaterThanOrEqualTo(6 + 6 + 2 + 1);
    assertThat(sums()).isEqualTo(sums);
    folder.cleanUp();
    assertSameRows(before);

    for (Table<?> table : Compaction.TABLES) {
      assertThat(files(table)).hasSizeLessThan(8).allMatch(name -> name.startsWith("merged-"));
    }
    assertThat(root.resolve("_temporary")).doesNotExist();
    assertThat(SweepFolder.open(root.toString(), new Configuration()).runs().all()).hasSize(23);
  }

  @Test
  void theSecondTimeThereIsNothingToDo() throws IOException {
    merge();
    folder.cleanUp();
    Map<Table<?>, Compaction.Size> sizes = new Compaction(folder, TARGET).sizes();

    assertThat(new Compaction(folder, TARGET).merge(() -> null)).isZero();
    assertThat(new Compaction(folder, TARGET).sizes()).isEqualTo(sizes);
  }

  @Test
  void largeFilesAndTargetsAreLeftAlone() throws IOException {
    List<String> before = files(Table.RUNS);

    assertThat(new Compaction(folder, 5_000).merge(() -> null)).isZero();
    assertThat(files(Table.RUNS)).isEqualTo(before);
  }

  @Test
  void whateverAKillLeavesTheRowsAreThere() throws IOException {
    List<Row> before = sums();
    List<String> parts = files(Table.RUNS);
    merge();
    List<String> merged = new ArrayList<>(files(Table.RUNS));
    merged.removeAll(parts);

    // one of them was killed before it renamed its file of runs
    Files.delete(root.resolve("runs").resolve(merged.get(0)));
    assertThat(sums()).isEqualTo(before);

    // cleaning up was killed after some of the files of runs, and some of others
    Files.delete(root.resolve("runs").resolve(shadowed()));
    assertThat(sums()).isEqualTo(before);

    assertThat(SweepFolder.create(root.toString(), new Configuration()).cleanUp()).isPositive();
    assertThat(sums()).isEqualTo(before);
    assertThat(merge()).isPositive();
    folder.cleanUp();
    assertThat(sums()).isEqualTo(before);
    assertThat(merge()).isZero();
  }

  private String shadowed() throws IOException {
    Set<String> counting = new TreeSet<>();
    folder.runs().all().values().forEach(run -> counting.add(run.part() + ".parquet"));
    return files(Table.RUNS).stream()
        .filter(name -> !counting.contains(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readersSeeTheSameRowsMeanwhile() throws Exception {
    SparkSession reading = spark.newSession();
    for (String statement : Files.readString(root.resolve("views.sql")).split(";\n")) {
      reading.sql(statement); // views that see what is new, as others have them
    }
    List<Row> before = sums(reading);
    AtomicBoolean merging = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Set<List<Row>>> queries = threads.submit(() -> seen(merging, () -> sums(reading)));
      Future<Set<Integer>> files = threads.submit(() -> seen(merging, this::runsWithAllFiles));
      merge();
      merging.set(false);
      assertThat(queries.get()).containsExactly(before);
      assertThat(files.get()).containsExactly(22);
    } finally {
      merging.set(false);
      threads.shutdown();
    }
  }

  private static <T> Set<T> seen(AtomicBoolean goingOn, Callable<T> look) throws Exception {
    Set<T> seen = new HashSet<>();
    do {
      seen.add(look.call());
    } while (goingOn.get());
    return seen;
  }

  /** How many runs there are whose other rows are where their row in {@code runs} says. */
  private int runsWithAllFiles() throws IOException {
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
  void scoringGoesOn() throws IOException {
    assertThat(score(FIRST).runs()).isEqualTo(3 + 1);
    merge();
    folder.cleanUp();

    assertThat(score(FIRST, SECOND).packs()).isZero();
    Scoring.Report report = score(FIRST, SECOND, set("third"));
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
    merge();
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
  void runsCanBeDroppedAndTheSweepCanGrow() throws IOException {
    merge(); // and killed before it deletes what it merged
    assertThat(folder.runs().drop(Set.of(FAILED.id()))).isPositive();
    assertThat(folder.runs().all()).doesNotContainKey(FAILED.id());
    folder.cleanUp();
    assertThat(folder.runs().all()).hasSize(22).doesNotContainKey(FAILED.id());

    TestRuns.commit(folder, new RunPack(List.of(FAILED)));
    TestRuns.commit(folder, TestRuns.pack("spiral", 1, 200, 201));
    score(FIRST, SECOND);
    List<Row> before = sums();
    assertThat(before.get(0).getLong(0)).isEqualTo(25);
    assertThat(merge()).isPositive();
    folder.cleanUp();
    assertThat(sums()).isEqualTo(before);
    assertThat(folder.runs().all().get(FAILED.id()).row().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void aTaskThatOutlivesItsDriverDoesNotBringBackWhatWasDropped() throws IOException {
    List<StoredPart> listed = new Compaction(folder, TARGET).parts();
    folder.runs().drop(Set.of(FAILED.id()));

    List<StoredPart> spirals =
        listed.stream().filter(part -> part.kind().latentDimension() == 1).toList();
    assertThat(new PartMerge(folder.files(), spirals).run()).isFalse();
    assertThat(files(Table.RUNS)).noneMatch(name -> name.startsWith("merged-"));
    try (Stream<Path> left = Files.list(root.resolve("_temporary"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void namesOfMergedPartsSortBeforeThoseOfTheirParts() {
    String first = PartName.merged(List.of("part-0000000000000000", "part-0000000000000001"));
    String second = PartName.merged(List.of("part-0000000000000000", first));

    assertThat(first).matches(PartName.PATTERN).isLessThan("part-0000000000000000");
    assertThat(second).matches(PartName.PATTERN).isLessThan(first).startsWith("merged-9998");
    assertThat(PartName.of(new org.apache.hadoop.fs.Path("/a-b/" + second + "-kl-0.5h.parquet")))
        .isEqualTo(second);
    assertThat(PartName.of(new org.apache.hadoop.fs.Path(first + ".parquet"))).isEqualTo(first);
  }
}
