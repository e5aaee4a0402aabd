package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.mlflow.FakeServer;

/** A sweep on real Spark that logs its runs to a server over real HTTP. */
class MlflowTest {
  private static final String PROPERTY = "spark.latentsweep.mlflow.trackingUri";
  private static final int RUNS = 6;

  @TempDir private static Path temp;

  private static FakeServer server;
  private static Path folder;
  private static List<TableRow> rows;

  /** What the tables of the folder hold of a run; the last two are empty if it failed. */
  private record TableRow(
      String id,
      String outcome,
      String seed,
      String host,
      String startedAt,
      String finishedAt,
      String dLoss,
      String entropyValue) {
    static TableRow of(String line) {
      String[] cells = line.split(",", -1);
      return new TableRow(
          cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]);
    }

    boolean isFailed() {
      return outcome.equals("failed");
    }
  }

  @BeforeAll
  static void train() throws IOException {
    server = new FakeServer();
    folder = temp.resolve("out");
    System.setProperty(PROPERTY, server.uri());
    Cli sweep = Cli.run(sweep(folder)); // some of its runs throw
    assertThat(sweep.code()).as(sweep.err()).isEqualTo(1);
    rows =
        Cli.sql(
                folder,
                "SELECT run_id, outcome, seed, host, unix_millis(started_at),"
                    + " unix_millis(finished_at), d_loss, value FROM runs LEFT JOIN (SELECT run_id,"
                    + " value FROM metrics WHERE metric = 'kl_entropy_reverse') USING (run_id)"
                    + " ORDER BY run_id")
            .stream()
            .map(TableRow::of)
            .toList();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Object[] sweep(Path output) {
    return Cli.smoke(
        "output=" + output,
        "axes.target=[flaky]",
        "axes.latent-dim=1",
        "run.steps=4",
        "snapshots.every=0",
        "axes.seed=1..6",
        "samples=500",
        "bandwidths=[1,2]");
  }

  @BeforeEach
  void configure() {
    System.setProperty(PROPERTY, server.uri());
  }

  @AfterEach
  void clearProperties() {
    System.clearProperty(PROPERTY);
    System.clearProperty("flaky.mended");
  }

  private static ObjectNode logged(TableRow row) {
    List<ObjectNode> found =
        server.runs.values().stream()
            .filter(run -> run.get("info").get("run_name").asText().equals(row.id()))
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<JsonNode> metric(ObjectNode run, String name) {
    return StreamSupport.stream(run.get("metrics").spliterator(), false)
        .filter(metric -> metric.get("key").asText().equals(name))
        .toList();
  }

  @Test
  void everyRunIsLoggedOnceInTheExperimentOfItsSweep() {
    assertThat(server.experiments.values()).containsExactly("smoke");
    assertThat(server.runs).hasSize(RUNS);
    assertThat(rows.stream().filter(TableRow::isFailed)).isNotEmpty();
  }

  @Test
  void runsHaveTheirStatusAndTimes() {
    for (TableRow row : rows) {
      JsonNode info = logged(row).get("info");
      assertThat(info.get("status").asText()).isEqualTo(row.isFailed() ? "FAILED" : "FINISHED");
      assertThat(info.get("start_time").asText()).isEqualTo(row.startedAt());
      assertThat(info.get("end_time").asText()).isEqualTo(row.finishedAt());
    }
  }

  @Test
  void tagsTellWhereRunsComeFrom() {
    for (TableRow row : rows) {
      JsonNode tags = logged(row).get("tags");
      assertThat(tags.get("latentsweep.outcome").asText()).isEqualTo(row.outcome());
      assertThat(tags.get("latentsweep.host").asText()).isEqualTo(row.host());
      assertThat(tags.properties().stream().map(tag -> tag.getKey()))
          .containsExactlyInAnyOrder(
              "latentsweep.run_id",
              "latentsweep.config_hash",
              "latentsweep.outcome",
              "latentsweep.host",
              "latentsweep.backend",
              "latentsweep.version");
    }
  }

  @Test
  void paramsAreHyperparameters() {
    for (TableRow row : rows) {
      JsonNode params = logged(row).get("params");
      assertThat(params.get("seed").asText()).isEqualTo(row.seed());
      assertThat(params.get("target").asText()).isEqualTo("flaky");
      assertThat(params.get("generator.widths").asText()).matches("\\[\\d+(,\\d+)*\\]");
      assertThat(params.has("discriminator.learning_rate")).isTrue();
    }
  }

  @Test
  void runsThatFailedHaveNoMetrics() {
    assertThat(rows.stream().filter(TableRow::isFailed))
        .allSatisfy(row -> assertThat(metric(logged(row), "kl_mean")).isEmpty());
  }

  @Test
  void metricsAreTheLastLossesAndTheValuesOfTheTable() {
    for (TableRow row : rows.stream().filter(row -> !row.isFailed()).toList()) {
      ObjectNode run = logged(row);
      assertThat(metric(run, "d_loss"))
          .singleElement()
          .extracting(metric -> (float) metric.get("value").asDouble())
          .isEqualTo(Float.parseFloat(row.dLoss()));
      assertThat(metric(run, "kl_entropy_reverse"))
          .singleElement()
          .extracting(metric -> metric.get("value").asDouble())
          .isEqualTo(Double.parseDouble(row.entropyValue()));
      assertThat(metric(run, "kl_mean")).hasSize(1);
      assertThat(metric(run, "kl_mean").get(0).get("step").asInt()).isEqualTo(4);
      assertThat(metric(run, "kl_mean/2h")).hasSize(1);
    }
  }

  @Test
  void runsThatTheServerHasAreNotLoggedAgain() throws IOException {
    try (FakeServer copy = FakeServer.copyOf(server)) {
      System.setProperty(PROPERTY, copy.uri());

      Cli.succeed("analyze", folder);

      // the server has six runs, three on each page
      assertThat(copy.requests)
          .containsExactly("experiments/get-by-name", "runs/search", "runs/search");
    }
  }

  @Test
  void incompleteRunsAreCompletedAndFailedRunsReplacedByTheirRetries() throws IOException {
    Path copiedFolder = Folders.copy(folder, temp.resolve("copy"));
    try (FakeServer copy = FakeServer.copyOf(server)) {
      System.setProperty(PROPERTY, copy.uri());
      // a driver that was killed while it logged leaves such a run
      ((ObjectNode) copy.runs.values().iterator().next().get("info")).put("status", "RUNNING");

      System.setProperty("flaky.mended", "yes");
      List<Object> retry = new ArrayList<>(List.of(sweep(copiedFolder)));
      retry.add("--retry-failed");
      Cli.succeed(retry.toArray());

      assertThat(copy.runs).hasSize(RUNS);
      assertThat(copy.runs.values())
          .allMatch(run -> run.get("info").get("status").asText().equals("FINISHED"))
          .allMatch(run -> run.get("tags").get("latentsweep.outcome").asText().equals("completed"));
    }
  }

  @Test
  void aServerThatIsDownDoesNotFailTheCommand() throws IOException {
    try (FakeServer down = new FakeServer()) {
      System.setProperty(PROPERTY, down.uri());
    }

    Cli cli = Cli.succeed("analyze", folder);

    assertThat(cli.out()).contains("kl_forward");
  }
}
