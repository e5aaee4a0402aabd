package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.table.Table;

class PackWriterTest {
  private static final RunPack PACK = TestRuns.pack("eight-gaussians", 2, 1, 3);

  @TempDir Path temp;
  private Path root;
  private SweepFolder folder;
  private final SparkSession spark = LocalSpark.session();

  @BeforeEach
  void create() throws IOException {
    root = temp.resolve("out put");
    folder = SweepFolder.create(root.toString(), new Configuration());
  }

  private List<Row> sql(String query) {
    return LocalSpark.sql(folder, query).collectAsList();
  }

  private long count(String table) {
    return sql("SELECT count(*) FROM " + table).get(0).getLong(0);
  }

  private List<String> files(String folder) throws IOException {
    try (Stream<Path> paths = Files.walk(root.resolve(folder))) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .filter(name -> !name.endsWith("_common_metadata") && !name.endsWith("schema.parquet"))
          .sorted()
          .toList();
    }
  }

  private PackWriter filled(RunPack pack) throws IOException {
    PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE);
    for (RunSpec spec : pack.runs()) {
      writer.add(TestRuns.completed(spec));
    }
    return writer;
  }

  @Test
  void emptyTablesAreViewsWithTheirSchema() {
    for (Table<?> table : Table.ALL) {
      assertThat(count(table.tableName())).isZero();
      assertThat(spark.table(table.tableName()).schema().toDDL())
          .isEqualTo(table.schema().toDDL().replace(" NOT NULL", ""));
    }
  }

  @Test
  void runsRoundTrip() throws IOException {
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(PACK.runs().get(0)));
      writer.add(TestRuns.diverged(PACK.runs().get(1)));
      writer.add(TestRuns.failed(PACK.runs().get(2)));
      assertThat(writer.commit()).isTrue();
    }

    RunResult first = TestRuns.completed(PACK.runs().get(0));
    List<Row> runs = sql("SELECT * FROM runs ORDER BY seed");
    assertThat(runs).hasSize(3);
    assertThat(values(runs.get(0)))
        .containsExactly(
            first.spec().id().hex(),
            "test",
            "eight-gaussians",
            "normal",
            2,
            1L,
            first.spec().configHash(),
            first.spec().config(),
            "completed",
            null,
            null,
            5,
            5,
            42L, // (2 + 1) 8 + (8 + 1) 2
            33L, // (2 + 1) 8 + (8 + 1) 1
            first.history().dLoss(4),
            first.history().gLoss(4),
            2.5,
            2.0,
            2,
            "reference: asked for",
            "a processor",
            "here",
            "0.1",
            Instant.parse("2026-01-02T03:04:05.123456Z"),
            Instant.parse("2026-01-02T03:05:05.123456Z"),
            "0.1.0");
    assertThat(runs.get(1).<String>getAs("outcome")).isEqualTo("diverged");
    assertThat(runs.get(1).<Integer>getAs("diverged_at")).isEqualTo(3);
    assertThat(runs.get(1).<Integer>getAs("steps_done")).isEqualTo(3);
    assertThat(runs.get(2).<Integer>getAs("steps_done")).isZero();
    assertThat(runs.get(2).<String>getAs("outcome")).isEqualTo("failed");
    assertThat(runs.get(2).<String>getAs("message")).isEqualTo("no such luck");
    assertThat(runs.get(2).<Float>getAs("d_loss")).isNull();
    assertThat(runs.get(2).<Double>getAs("steps_per_second")).isNull();
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>();
    for (int c = 0; c < row.size(); c++) {
      values.add(row.get(c) instanceof Timestamp at ? at.toInstant() : row.get(c));
    }
    return values;
  }

  @Test
  void historySamplesAndGeneratorsRoundTrip() throws IOException {
    TestRuns.commit(folder, PACK);
    RunResult result = TestRuns.completed(PACK.runs().get(1));
    String run = "'" + result.spec().id() + "'";

    List<Row> history = sql("SELECT * FROM history WHERE run_id = " + run + " ORDER BY step");
    assertThat(history).hasSize(5);
    assertThat(values(history.get(4)))
        .containsExactly(
            result.spec().id().hex(),
            5,
            result.history().dLoss(4),
            0.5f,
            result.history().gLoss(4),
            0.25f);

    List<Row> samples = sql("SELECT * FROM samples WHERE run_id = " + run + " ORDER BY step, i");
    assertThat(samples).hasSize(3 + 3 + 10);
    assertThat(values(samples.get(15)))
        .containsExactly(
            result.spec().id().hex(),
            5,
            9,
            result.samples().get(2).coordinate(9, 0),
            result.samples().get(2).coordinate(9, 1),
            "eight-gaussians",
            2);

    List<Row> generators = sql("SELECT archive FROM generators WHERE run_id = " + run);
    assertThat(generators.get(0).<byte[]>getAs(0)).isEqualTo("archive 2".getBytes());
    assertThat(folder.generators().of(result.spec().id()).orElseThrow().bytes())
        .isEqualTo("archive 2".getBytes());
  }

  @Test
  void oneDimensionalSamplesHaveNoY() throws IOException {
    TestRuns.commit(folder, TestRuns.pack("normal-1d", 1, 1, 1));

    assertThat(count("samples WHERE y IS NULL AND x IS NOT NULL")).isEqualTo(16);
  }

  @Test
  void aPackIsOneFileOfOneNameInEveryTable() throws IOException {
    TestRuns.commit(folder, PACK);

    String name = "part-" + PACK.id() + ".parquet";
    assertThat(files("."))
        .containsExactly(
            "_latentsweep.json",
            "generators/" + name,
            "history/" + name,
            "runs/" + name,
            "samples/target=eight-gaussians/latent_dim=2/" + name,
            "views.sql");
  }

  @Test
  void aTableWithoutRowsGetsNoFile() throws IOException {
    RunPack pack = TestRuns.pack("spiral", 3, 1, 1);
    try (PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.failed(pack.runs().get(0)));
      writer.commit();
    }

    assertThat(files("history")).isEmpty();
    assertThat(files("runs")).hasSize(1);
    assertThat(count("runs")).isEqualTo(1);
  }

  @Test
  void partitionsArePruned() throws IOException {
    TestRuns.commit(folder, PACK);
    TestRuns.commit(folder, TestRuns.pack("spiral", 10, 1, 1));

    assertThat(count("samples WHERE target = 'spiral' AND latent_dim = 10")).isEqualTo(16);
    String plan =
        LocalSpark.sql(folder, "SELECT x FROM samples WHERE target = 'spiral' AND latent_dim = 10")
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan).contains("(latent_dim#").containsPattern("PartitionFilters: \\[isnotnull");
  }

  @Test
  void aHalfCommittedPackIsInvisibleAndCleanedUp() throws IOException {
    TestRuns.commit(folder, PACK);
    Files.delete(root.resolve("runs/part-" + PACK.id() + ".parquet"));

    assertThat(count("history")).isZero();
    assertThat(count("samples")).isZero();
    assertThat(count("generators")).isZero();
    assertThat(folder.runs().all()).isEmpty();
    assertThat(folder.cleanUp()).isEqualTo(3);
    assertThat(files(".")).containsExactly("_latentsweep.json", "views.sql");

    TestRuns.commit(folder, PACK);
    assertThat(count("samples")).isEqualTo(3 * 16);
  }

  @Test
  void leftoversOfAnotherGroupingDoNotDouble() throws IOException {
    TestRuns.commit(folder, PACK);
    Files.delete(root.resolve("runs/part-" + PACK.id() + ".parquet"));
    TestRuns.commit(folder, TestRuns.pack("eight-gaussians", 2, 2, 5));

    assertThat(count("samples")).isEqualTo(4 * 16);
    assertThat(count("history")).isEqualTo(4 * 5);
    assertThat(count("generators")).isEqualTo(4);
  }

  @Test
  void aRunThatTwoPacksCommittedCountsOnce() throws IOException {
    TestRuns.commit(folder, PACK);
    TestRuns.commit(folder, TestRuns.pack("eight-gaussians", 2, 2, 5));

    assertThat(count("runs")).isEqualTo(5);
    assertThat(count("samples")).isEqualTo(5 * 16);
    assertThat(count("history")).isEqualTo(5 * 5);
    assertThat(folder.runs().all()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theSecondOfTwoAttemptsIsDropped(boolean startedFirst) throws IOException {
    PackWriter a = filled(PACK);
    PackWriter b = filled(PACK);
    PackWriter first = startedFirst ? a : b;
    PackWriter second = startedFirst ? b : a;

    assertThat(first.commit()).isTrue();
    assertThat(second.commit()).isFalse();

    assertThat(count("runs")).isEqualTo(3);
    assertThat(count("samples")).isEqualTo(3 * 16);
    assertThat(files("runs")).hasSize(1);
    assertThat(files("samples")).hasSize(1);
    assertThat(files("_temporary")).isEmpty();
  }

  @Test
  void attemptsThatCommitAtOnceLeaveOneCopy() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int seed = 1; seed <= 20; seed++) {
        RunPack pack = TestRuns.pack("gaussian", 2, seed, seed);
        PackWriter a = filled(pack);
        PackWriter b = filled(pack);
        Future<Boolean> one = threads.submit(a::commit);
        Future<Boolean> other = threads.submit(b::commit);
        boolean first = one.get();
        boolean second = other.get(); // asked whatever the first says, so that both have ended
        assertThat(first || second).isTrue();
      }
    } finally {
      threads.shutdown();
    }

    assertThat(files("runs")).hasSize(20);
    assertThat(files("_temporary")).isEmpty();
    assertThat(count("runs")).isEqualTo(20);
    assertThat(count("samples")).isEqualTo(20 * 16);
  }

  @Test
  void allRowsOfAPackComeFromOneAttempt() throws IOException {
    // An attempt in which nothing failed was killed before it renamed runs.
    RunPack pack = TestRuns.pack("gaussian", 1, 1, 1);
    TestRuns.commit(folder, pack);
    Files.delete(root.resolve("runs/part-" + pack.id() + ".parquet"));
    try (PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.failed(pack.runs().get(0)));
      writer.commit();
    }

    assertThat(count("runs WHERE outcome = 'failed'")).isEqualTo(1);
    assertThat(count("samples")).isZero();
    assertThat(count("generators")).isZero();
  }

  @Test
  void closingWithoutCommitLeavesNothing() throws IOException {
    PackWriter writer = filled(PACK);
    assertThat(files("_temporary")).hasSize(4);
    writer.close();

    assertThat(files(".")).containsExactly("_latentsweep.json", "views.sql");
    assertThat(root.resolve("_temporary")).isEmptyDirectory();
    assertThatThrownBy(writer::commit)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot write pack " + PACK.id() + ": it was committed or aborted");
  }

  @Test
  void aPackNeedsAllItsRunsOnce() throws IOException {
    RunSpec first = PACK.runs().get(0);
    RunSpec stranger = TestRuns.spec("spiral", 2, 1);
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(first));
      writer.add(TestRuns.completed(PACK.runs().get(1)));

      assertThatThrownBy(() -> writer.add(TestRuns.completed(first)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Cannot add run %s to pack %s: it is not in it, or was added before"
                  .formatted(first.id(), PACK.id()));
      assertThatThrownBy(() -> writer.add(TestRuns.completed(stranger)))
          .hasMessage(
              "Cannot add run %s to pack %s: it is not in it, or was added before"
                  .formatted(stranger.id(), PACK.id()));
      assertThatThrownBy(writer::commit)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Cannot commit pack %s: no result of [%s]"
                  .formatted(PACK.id(), PACK.runs().get(2).id()));
    }
  }

  @Test
  void aFullDiskIsAnErrorThatNamesTheFileAndLeavesNothing() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "no /dev/full here");
    PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE);
    Path own;
    try (Stream<Path> attempts = Files.list(root.resolve("_temporary"))) {
      own = attempts.findFirst().orElseThrow();
    }
    Path samples = Files.createSymbolicLink(own.resolve("samples.parquet"), full);

    assertThatThrownBy(
            () -> {
              for (RunSpec spec : PACK.runs()) {
                writer.add(TestRuns.completed(spec));
              }
              writer.commit();
            })
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot write " + samples + ": No space left on device");
    assertThat(files(".")).containsExactly("_latentsweep.json", "views.sql");
    assertThat(root.resolve("_temporary")).isEmptyDirectory();
    assertThat(count("runs")).isZero();
  }

  @Test
  void droppedRunsDoNotExistAndCanBeTrainedAgain() throws IOException {
    RunSpec failing = PACK.runs().get(2);
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(PACK.runs().get(0)));
      writer.add(TestRuns.completed(PACK.runs().get(1)));
      writer.add(TestRuns.failed(failing));
      writer.commit();
    }
    RunPack another = TestRuns.pack("spiral", 1, 1, 1);
    TestRuns.commit(folder, another);

    RunSpec lone = another.runs().get(0);
    assertThat(folder.runs().drop(Set.of(failing.id(), lone.id()))).isEqualTo(2);

    assertThat(folder.runs().all()).hasSize(2).doesNotContainKeys(failing.id(), lone.id());
    assertThat(count("runs")).isEqualTo(2);
    assertThat(count("samples")).isEqualTo(2 * 16);
    assertThat(folder.cleanUp()).isEqualTo(3);

    TestRuns.commit(folder, new RunPack(List.of(failing)));
    assertThat(folder.runs().all().get(failing.id()).row().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(count("samples")).isEqualTo(3 * 16);
  }

  @Test
  void tasksWritePacksThroughTheFolderTheyAreSent() throws IOException {
    List<RunPack> packs =
        List.of(TestRuns.pack("gaussian", 2, 1, 2), TestRuns.pack("gaussian", 3, 1, 2));
    SweepFolder sent = folder;
    JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(packs, 2)
        .foreach(pack -> TestRuns.commit(sent, pack));

    assertThat(count("runs")).isEqualTo(4);
    assertThat(count("samples")).isEqualTo(4 * 16);
  }
}
