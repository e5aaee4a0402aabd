package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.table.Table;

class ViewsTest extends TemporaryFolder {
  @Test
  void emptyTablesHaveViewsWithTheirColumns() {
    for (Table<?> table : Table.ALL) {
      assertThat(count(table.tableName())).isZero();
      assertThat(spark.table(table.tableName()).schema().toDDL())
          .isEqualTo(table.schema().toDDL().replace(" NOT NULL", ""));
    }
  }

  private List<Row> commitOneOfEachOutcome() throws IOException {
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(PACK.runs().get(0)));
      writer.add(TestRuns.diverged(PACK.runs().get(1)));
      writer.add(TestRuns.failed(PACK.runs().get(2)));
      assertThat(writer.commit()).isTrue();
    }
    List<Row> runs = sql("SELECT * FROM runs ORDER BY seed");
    assertThat(runs).hasSize(3);
    return runs;
  }

  @Test
  void theRowOfACompletedRunIsRead() throws IOException {
    List<Row> runs = commitOneOfEachOutcome();

    RunResult first = TestRuns.completed(PACK.runs().get(0));
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
  }

  @Test
  void theRowsOfUnfinishedRunsSayHowTheyEnded() throws IOException {
    List<Row> runs = commitOneOfEachOutcome();

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
  void theHistoryOfARunIsRead() throws IOException {
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
  }

  @Test
  void theSamplesOfARunAreRead() throws IOException {
    TestRuns.commit(folder, PACK);
    RunResult result = TestRuns.completed(PACK.runs().get(1));
    String run = "'" + result.spec().id() + "'";

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
  }

  @Test
  void theGeneratorOfARunIsRead() throws IOException {
    TestRuns.commit(folder, PACK);
    RunResult result = TestRuns.completed(PACK.runs().get(1));
    String run = "'" + result.spec().id() + "'";

    List<Row> generators = sql("SELECT archive FROM generators WHERE run_id = " + run);
    assertThat(generators.get(0).<byte[]>getAs(0)).isEqualTo("archive 2".getBytes());
    assertThat(folder.generators().of(result.spec().id()).orElseThrow().bytes())
        .isEqualTo("archive 2".getBytes());
  }

  @Test
  void queriesOfOneTargetReadOnlyItsFolders() throws IOException {
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
  void rowsOfAKilledAttemptWithOtherRunsDoNotCount() throws IOException {
    TestRuns.commit(folder, PACK);
    Files.delete(root.resolve("runs/part-" + PACK.id() + ".parquet"));
    TestRuns.commit(folder, TestRuns.pack("eight-gaussians", 2, 2, 5));

    assertThat(count("samples")).isEqualTo(4 * 16);
    assertThat(count("history")).isEqualTo(4 * 5);
    assertThat(count("generators")).isEqualTo(4);
  }

  @Test
  void aRunInTwoPacksCountsOnce() throws IOException {
    TestRuns.commit(folder, PACK);
    TestRuns.commit(folder, TestRuns.pack("eight-gaussians", 2, 2, 5));

    assertThat(count("runs")).isEqualTo(5);
    assertThat(count("samples")).isEqualTo(5 * 16);
    assertThat(count("history")).isEqualTo(5 * 5);
    assertThat(folder.runs().all()).hasSize(5);
  }

  @Test
  void oneDimensionalSamplesHaveNoY() throws IOException {
    TestRuns.commit(folder, TestRuns.pack("normal-1d", 1, 1, 1));

    assertThat(count("samples WHERE y IS NULL AND x IS NOT NULL")).isEqualTo(16);
  }

  /** Leaves what a task leaves that is killed before it renames its file of runs. */
  private void commitHalf() throws IOException {
    TestRuns.commit(folder, PACK);
    Files.delete(root.resolve("runs/part-" + PACK.id() + ".parquet"));
  }

  @Test
  void aHalfCommittedPackIsNotShown() throws IOException {
    commitHalf();

    assertThat(count("history")).isZero();
    assertThat(count("samples")).isZero();
    assertThat(count("generators")).isZero();
    assertThat(folder.runs().all()).isEmpty();
  }

  @Test
  void aHalfCommittedPackIsCleanedUp() throws IOException {
    commitHalf();

    assertThat(folder.cleanUp()).isEqualTo(3);
    assertThat(files(".")).containsExactly("_latentsweep.json", "views.sql");
  }

  @Test
  void aPackThatWasCleanedUpCanBeCommitted() throws IOException {
    commitHalf();
    folder.cleanUp();

    TestRuns.commit(folder, PACK);
    assertThat(count("samples")).isEqualTo(3 * 16);
  }

  private static final RunPack ANOTHER = TestRuns.pack("spiral", 1, 1, 1);
  private static final RunSpec FAILING = PACK.runs().get(2);

  /** Commits two packs and drops a run that failed, and the only run of the second pack. */
  private void commitAndDrop() throws IOException {
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(PACK.runs().get(0)));
      writer.add(TestRuns.completed(PACK.runs().get(1)));
      writer.add(TestRuns.failed(FAILING));
      writer.commit();
    }
    TestRuns.commit(folder, ANOTHER);
    assertThat(folder.runs().drop(Set.of(FAILING.id(), ANOTHER.runs().get(0).id()))).isEqualTo(2);
  }

  @Test
  void droppedRunsAreNotShown() throws IOException {
    commitAndDrop();

    assertThat(folder.runs().all())
        .hasSize(2)
        .doesNotContainKeys(FAILING.id(), ANOTHER.runs().get(0).id());
    assertThat(count("runs")).isEqualTo(2);
    assertThat(count("samples")).isEqualTo(2 * 16);
  }

  @Test
  void aDroppedRunCanBeCommittedAgain() throws IOException {
    commitAndDrop();
    assertThat(folder.cleanUp()).isEqualTo(3);

    TestRuns.commit(folder, new RunPack(List.of(FAILING)));

    assertThat(folder.runs().all().get(FAILING.id()).row().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(count("samples")).isEqualTo(3 * 16);
  }
}
