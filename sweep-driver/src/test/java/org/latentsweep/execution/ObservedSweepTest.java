package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.execution.Cli.SMOKE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark and those who follow the output folder are told of a sweep. */
class ObservedSweepTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RUNS = 12;

  private static volatile boolean usersPluginWasMade;

  @TempDir private Path folder;

  /** A user's own. */
  public static final class UsersPlugin implements SparkPlugin {
    /** For Spark. */
    public UsersPlugin() {
      usersPluginWasMade = true;
    }

    @Override
    public DriverPlugin driverPlugin() {
      return null;
    }

    @Override
    public ExecutorPlugin executorPlugin() {
      return null;
    }
  }

  private Map<String, String> properties() {
    return Map.of(
        "spark.master", "local[2]",
        "spark.sql.shuffle.partitions", "2",
        "spark.plugins", UsersPlugin.class.getName(),
        "spark.eventLog.enabled", "true",
        "spark.eventLog.dir", folder.resolve("spark").toUri().toString(),
        "spark.metrics.conf.driver.sink.csv.class", "org.apache.spark.metrics.sink.CsvSink",
        "spark.metrics.conf.driver.sink.csv.directory", folder.resolve("csv").toString(),
        "spark.metrics.conf.driver.sink.csv.period", "1000"); // seconds; the last at the end
  }

  @AfterEach
  void forget() {
    properties().keySet().forEach(System::clearProperty);
  }

  @Test
  void aSweepIsSeenInSparksUiInMetricsAndInEvents() throws IOException {
    Files.createDirectories(folder.resolve("spark"));
    Files.createDirectories(folder.resolve("csv"));
    properties().forEach(System::setProperty);
    Path output = folder.resolve("output");
    Object[] sweep = {
      "run",
      SMOKE,
      "--set",
      "output=" + output,
      "--set",
      "axes.target=[flaky]",
      "--set",
      "axes.seed=1..6",
      "--set",
      "run.steps=4",
      "--set",
      "snapshots.every=0"
    };
    Cli cli = Cli.run(sweep);
    assertThat(cli.code()).as(cli.err()).isEqualTo(1); // some fail
    assertThat(usersPluginWasMade).isTrue();
    int failed =
        Integer.parseInt(
            Cli.sql(output, "SELECT count(*) FROM runs WHERE outcome = 'failed'").get(0));

    List<JsonNode> events = events(output);
    assertThat(events)
        .extracting(event -> event.get("event").asText())
        .startsWith("sweep_started", "run_finished")
        .endsWith("run_finished", "sweep_finished", "metrics_started", "metrics_finished");
    assertThat(events).allSatisfy(event -> Instant.parse(event.get("time").asText()));
    JsonNode started = events.get(0);
    assertThat(started.get("sweep").asText()).isEqualTo("smoke");
    assertThat(started.get("runs").asInt()).isEqualTo(RUNS);
    assertThat(started.get("left").asInt()).isEqualTo(RUNS);
    assertThat(started.get("slots").asInt()).isEqualTo(2);
    assertThat(started.get("application").asText()).startsWith("local-");
    assertThat(started.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertRunsAreThoseOfTheTable(output, events.subList(1, 1 + RUNS));
    JsonNode finished = events.get(1 + RUNS);
    assertThat(finished.get("done").asInt()).isEqualTo(RUNS);
    assertThat(finished.get("failed").asInt()).isEqualTo(failed).isBetween(1, RUNS - 1);
    assertThat(events.get(3 + RUNS).get("runs").asInt()).isEqualTo(RUNS - failed);

    assertThat(gauge("runs.done")).isEqualTo(RUNS);
    assertThat(gauge("runs.failed")).isEqualTo(failed);
    assertThat(gauge("runs.left")).isZero();
    assertThat(gauge("steps.per_second")).isPositive();

    List<JsonNode> spark = sparkEvents();
    assertThat(spark.stream().map(event -> event.at("/Properties/spark.job.description").asText()))
        .contains(
            "smoke: flaky; k 1, 2; seeds 1..6; 12 runs in %d packs"
                .formatted(started.get("packs").asInt()),
            "score " + output + ": kl",
            "summarise " + output + " across seeds");
    Map<String, Long> counts = new TreeMap<>();
    spark.stream()
        .filter(event -> event.get("Event").asText().equals("SparkListenerStageCompleted"))
        .flatMap(event -> stream(event.at("/Stage Info/Accumulables")))
        .filter(count -> !count.get("Name").asText().startsWith("internal."))
        .forEach(
            count -> counts.putIfAbsent(count.get("Name").asText(), count.get("Value").asLong()));
    assertThat(counts)
        .containsEntry("runs done", (long) RUNS)
        .containsEntry("runs failed", (long) failed)
        .containsEntry("runs diverged", 0L)
        .containsKey("steps");

    assertThat(Cli.run(sweep).code()).isEqualTo(1); // nothing is left to do
    assertThat(events(output)).hasSize(events.size());
  }

  private static void assertRunsAreThoseOfTheTable(Path output, List<JsonNode> events) {
    List<String> rows = new ArrayList<>();
    for (JsonNode event : events) {
      assertThat(event.get("event").asText()).isEqualTo("run_finished");
      rows.add(
          Stream.of("run_id", "target", "latent_dim", "seed", "outcome", "host", "device")
              .map(name -> event.get(name).asText())
              .reduce((a, b) -> a + "|" + b)
              .orElseThrow());
    }
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Cli.sql(
                    output,
                    "SELECT concat_ws('|', run_id, target, latent_dim, seed, outcome, host, device)"
                        + " AS row FROM runs")
                .stream()
                .map(row -> row.replace("\"", ""))
                .toList());
  }

  private static List<JsonNode> events(Path output) throws IOException {
    return parsed(output.resolve("events.jsonl"));
  }

  private static List<JsonNode> parsed(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements.stream();
  }

  /** Of the first application, whose file is the first by name. */
  private List<JsonNode> sparkEvents() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("spark"))) {
      return parsed(files.sorted().findFirst().orElseThrow());
    }
  }

  /** What the metrics system wrote last of the first application. */
  private double gauge(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("csv"))) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().endsWith(name + ".csv"))
              .sorted()
              .findFirst()
              .orElseThrow();
      List<String> lines = Files.readAllLines(file);
      return Double.parseDouble(lines.get(lines.size() - 1).split(",")[1]);
    }
  }
}
