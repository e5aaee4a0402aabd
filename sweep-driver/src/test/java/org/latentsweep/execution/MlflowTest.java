package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.execution.Cli.SMOKE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.mlflow.FakeServer;

/** A sweep on real Spark that logs to a server over real HTTP. */
class MlflowTest {
  private static final String PROPERTY = "spark.latentsweep.mlflow.trackingUri";

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  private Cli sweep(String target, String... more) {
    Object[] arguments = {
      "run",
      SMOKE,
      "--set",
      "output=" + folder.resolve("out"),
      "--set",
      "axes.target=[" + target + "]",
      "--set",
      "axes.latent-dim=1",
      "--set",
      "run.steps=4",
      "--set",
      "snapshots.every=0",
      "--set",
      "axes.seed=1..6",
      "--set",
      "samples=500",
      "--set",
      "bandwidths=[1,2]"
    };
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return Cli.run(all.toArray());
  }

  @Test
  void everyRunIsLoggedOnceWithWhatTheTablesHold() throws Exception {
    try (FakeServer server = new FakeServer()) {
      System.setProperty(PROPERTY, server.uri());
      Cli first = sweep("flaky"); // some of its runs throw
      assertThat(first.code()).as(first.err()).isEqualTo(1);

      assertThat(server.experiments.values()).containsExactly("smoke");
      Path out = folder.resolve("out");
      List<String> rows =
          Cli.sql(
              out,
              "SELECT run_id, outcome, seed, host, unix_millis(started_at),"
                  + " unix_millis(finished_at), d_loss, value FROM runs LEFT JOIN (SELECT run_id,"
                  + " value FROM metrics WHERE metric = 'kl_entropy_reverse') USING (run_id)"
                  + " ORDER BY run_id");
      assertThat(server.runs).hasSize(6);
      for (String row : rows) {
        String[] cells = row.split(",", -1);
        ObjectNode run = named(server, cells[0]);
        boolean failed = cells[1].equals("failed");
        assertThat(run.get("info").get("status").asText())
            .isEqualTo(failed ? "FAILED" : "FINISHED");
        assertThat(run.get("info").get("start_time").asText()).isEqualTo(cells[4]);
        assertThat(run.get("info").get("end_time").asText()).isEqualTo(cells[5]);
        assertThat(run.get("tags").get("latentsweep.outcome").asText()).isEqualTo(cells[1]);
        assertThat(run.get("tags").get("latentsweep.host").asText()).isEqualTo(cells[3]);
        assertThat(run.get("tags").properties().stream().map(tag -> tag.getKey()))
            .containsExactlyInAnyOrder(
                "latentsweep.run_id",
                "latentsweep.config_hash",
                "latentsweep.outcome",
                "latentsweep.host",
                "latentsweep.backend",
                "latentsweep.version");
        JsonNode params = run.get("params");
        assertThat(params.get("seed").asText()).isEqualTo(cells[2]);
        assertThat(params.get("target").asText()).isEqualTo("flaky");
        assertThat(params.get("generator.widths").asText()).matches("\\[\\d+(,\\d+)*\\]");
        assertThat(params.has("discriminator.learning_rate")).isTrue();
        if (failed) {
          assertThat(metric(run, "kl_mean")).isEmpty();
        } else {
          assertThat(metric(run, "d_loss"))
              .singleElement()
              .extracting(metric -> (float) metric.get("value").asDouble())
              .isEqualTo(Float.parseFloat(cells[6]));
          assertThat(metric(run, "kl_entropy_reverse"))
              .singleElement()
              .extracting(metric -> metric.get("value").asDouble())
              .isEqualTo(Double.parseDouble(cells[7]));
          assertThat(metric(run, "kl_mean")).hasSize(1);
          assertThat(metric(run, "kl_mean").get(0).get("step").asInt()).isEqualTo(4);
          assertThat(metric(run, "kl_mean/2h")).hasSize(1);
        }
      }
      assertThat(rows.stream().filter(row -> row.contains(",failed,"))).isNotEmpty();

      server.requests.clear();
      assertThat(Cli.run("analyze", out).code()).isZero();
      // six runs, three to a page
      assertThat(server.requests)
          .containsExactly("experiments/get-by-name", "runs/search", "runs/search");

      // what a driver that was killed leaves is finished, not doubled, and what failed and is done
      // again takes the place of the failure
      ((ObjectNode) server.runs.values().iterator().next().get("info")).put("status", "RUNNING");
      System.setProperty("flaky.mended", "yes");
      try {
        assertThat(sweep("flaky", "--retry-failed").code()).isZero();
      } finally {
        System.clearProperty("flaky.mended");
      }
      assertThat(server.runs).hasSize(6);
      assertThat(server.runs.values())
          .allMatch(run -> run.get("info").get("status").asText().equals("FINISHED"))
          .allMatch(run -> run.get("tags").get("latentsweep.outcome").asText().equals("completed"));
    }

    // the server is down now, which costs a warning
    Cli down = Cli.run("analyze", folder.resolve("out"));
    assertThat(down.code()).as(down.err()).isZero();
    assertThat(down.out()).contains("kl_forward");
  }

  private static ObjectNode named(FakeServer server, String name) {
    List<ObjectNode> found =
        server.runs.values().stream()
            .filter(run -> run.get("info").get("run_name").asText().equals(name))
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<JsonNode> metric(ObjectNode run, String name) {
    return StreamSupport.stream(run.get("metrics").spliterator(), false)
        .filter(metric -> metric.get("key").asText().equals(name))
        .toList();
  }
}
