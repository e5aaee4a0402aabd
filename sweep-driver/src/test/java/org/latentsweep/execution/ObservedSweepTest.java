package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark, its metrics system and the event log show of a sweep. */
class ObservedSweepTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RUNS = 12;

  private static volatile boolean usersPluginWasMade;

  @TempDir private static Path folder;

  private static Path output;
  private static int failed;
  private static Cli sweep;
  private static List<JsonNode> events;

  /** A plugin that the user of Spark configures. */
  public static final class UsersPlugin implements SparkPlugin {
    /** Is called by Spark. */
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

  private static Map<String, String> properties() {
    return Map.of(
        "spark.master", "local[2]",
        "spark.sql.shuffle.partitions", "2",
        "spark.plugins", UsersPlugin.class.getName(),
        "spark.eventLog.enabled", "true",
        "spark.eventLog.dir", folder.resolve("spark").toUri().toString(),
        "spark.metrics.conf.driver.sink.csv.class", "org.apache.spark.metrics.sink.CsvSink",
        "spark.metrics.conf.driver.sink.csv.directory", folder.resolve("csv").toString(),
        "spark.metrics.conf.driver.sink.csv.period", "1000"); // in seconds; also written at the end
  }

  private static Object[] flakySweep() {
    return Cli.smoke(
        "output=" + output,
        "axes.target=[flaky]",
        "axes.seed=1..6",
        "run.steps=4",
        "snapshots.every=0");
  }

  @BeforeAll
  static void train() throws IOException {
    output = folder.resolve("output");
    Files.createDirectories(folder.resolve("spark"));
    Files.createDirectories(folder.resolve("csv"));
    properties().forEach(System::setProperty);
    try {
      sweep = Cli.run(flakySweep());
      assertThat(sweep.code()).as(sweep.err()).isEqualTo(1); // some runs fail
    } finally {
      properties().keySet().forEach(System::clearProperty);
    }
    events = events();
    failed =
        Integer.parseInt(
            Cli.sql(output, "SELECT count(*) FROM runs WHERE outcome = 'failed'").get(0));
  }

  @Test
  void pluginsOfTheUserAreKept() {
    assertThat(usersPluginWasMade).isTrue();
  }

  @Test
  void eventsFollowTheSweepInOrder() {
    assertThat(events)
        .extracting(event -> event.get("event").asText())
        .startsWith("sweep_started", "run_finished")
        .endsWith("run_finished", "sweep_finished", "metrics_started", "metrics_finished");
    assertThat(events).allSatisfy(event -> Instant.parse(event.get("time").asText()));
  }

  @Test
  void theFirstEventDescribesTheSweep() {
    JsonNode started = events.get(0);
    assertThat(started.get("sweep").asText()).isEqualTo("smoke");
    assertThat(started.get("runs").asInt()).isEqualTo(RUNS);
    assertThat(started.get("left").asInt()).isEqualTo(RUNS);
    assertThat(started.get("slots").asInt()).isEqualTo(2);
    assertThat(started.get("application").asText()).startsWith("local-");
    assertThat(started.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void eventsOfRunsHoldWhatTheTableHolds() {
    assertRunsAreThoseOfTheTable(events.subList(1, 1 + RUNS));
  }

  @Test
  void theLastEventsCountTheRuns() {
    JsonNode finished = events.get(1 + RUNS);
    assertThat(finished.get("done").asInt()).isEqualTo(RUNS);
    assertThat(finished.get("failed").asInt()).isEqualTo(failed).isBetween(1, RUNS - 1);
    assertThat(events.get(3 + RUNS).get("runs").asInt()).isEqualTo(RUNS - failed);
  }

  @Test
  void gaugesCountTheRuns() throws IOException {
    assertThat(gauge("runs.done")).isEqualTo(RUNS);
    assertThat(gauge("runs.failed")).isEqualTo(failed);
    assertThat(gauge("runs.left")).isZero();
    assertThat(gauge("steps.per_second")).isPositive();
  }

  @Test
  void jobsHaveDescriptions() throws IOException {
    assertThat(
            sparkEvents().stream()
                .map(event -> event.at("/Properties/spark.job.description").asText()))
        .contains(
            "smoke: flaky; k 1, 2; seeds 1..6; 12 runs in %d packs"
                .formatted(events.get(0).get("packs").asInt()),
            "score " + output + ": kl",
            "summarise " + output + " across seeds");
  }

  @Test
  void accumulatorsCountTheRuns() throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    sparkEvents().stream()
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
  }

  @Test
  void aSweepWithNothingToDoWritesNoEvents() throws IOException {
    assertThat(Cli.run(flakySweep()).code()).isEqualTo(1);
    assertThat(events()).hasSize(events.size());
  }

  private static void assertRunsAreThoseOfTheTable(List<JsonNode> events) {
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

  private static List<JsonNode> events() throws IOException {
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

  /** Returns the events of the first application, whose file is the first by name. */
  private static List<JsonNode> sparkEvents() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("spark"))) {
      return parsed(files.sorted().findFirst().orElseThrow());
    }
  }

  /** Returns what the metrics system wrote last about the first application. */
  private static double gauge(String name) throws IOException {
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
