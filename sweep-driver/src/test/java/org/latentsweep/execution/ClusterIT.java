package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.latentsweep.execution.Cli.SMOKE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sweeps on a real cluster, as spark-submit starts them with the shipped settings. */
class ClusterIT extends OnTwoWorkers {
  @Test
  void aSweepRunsOnTwoDynamicallyAllocatedExecutors() throws Exception {
    Path events = Files.createDirectory(folder.resolve("events"));
    Map<String, String> settings =
        Map.of(
            "spark.dynamicAllocation.enabled",
            "true",
            "spark.dynamicAllocation.shuffleTracking.enabled",
            "true",
            "spark.dynamicAllocation.minExecutors",
            "0",
            "spark.scheduler.minRegisteredResourcesRatio",
            "0",
            "spark.executor.cores",
            "1",
            "spark.eventLog.enabled",
            "true",
            "spark.eventLog.dir",
            events.toUri().toString());
    Cli run =
        cluster
            .submit(
                settings,
                sweep.run("--set", "metrics=[coverage]", "--set", "snapshots.score=false"))
            .await();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("smoke: 16 runs, 0 finished, 0 failed, 16 left", "16/16 runs");
    assertThat(run.out()).startsWith("target ").contains("target    k  diagnosis");
    assertThat(lines(events)).filteredOn(line -> line.contains("ExecutorAdded")).hasSize(2);
    for (ClusterWorker worker : cluster.workers()) {
      assertThat(worker.executorFolder().resolve("javacpp-cache")).isNotEmptyDirectory();
    }

    assertThat(
            Cli.sql(
                sweep.output(),
                "SELECT outcome, attempt LIKE '% stage 0 task % attempt 0', host IS NOT NULL,"
                    + " count(*), count(DISTINCT run_id) FROM runs GROUP BY ALL"))
        .containsExactly("completed,true,true,16,16");
    sweep.assertWhole();
  }

  @Test
  void aHostMayHaveAWrongClock() throws Exception {
    Optional<Path> library = fakeTime();
    assumeThat(library).as("faketime, which is not installed here").isPresent();
    cluster.workers().get(0).kill();
    cluster.addWorker(
        1,
        Map.of(
            "LD_PRELOAD",
            library.orElseThrow().toString(),
            "FAKETIME",
            "+3h",
            "DONT_FAKE_MONOTONIC",
            "1",
            "FAKETIME_FORCE_MONOTONIC_FIX", // otherwise every wait in Java would use the processor
            "0"));
    Cli run = cluster.submit(Map.of(), sweep.run()).await();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(
            Cli.sql(
                sweep.output(),
                "SELECT DISTINCT finished_at > now() + INTERVAL 2 HOURS AS ahead FROM runs"
                    + " ORDER BY 1"))
        .containsExactly("false", "true");
    sweep.assertWhole();
  }

  /** Returns the library that changes the time that a process sees, if it is installed. */
  private static Optional<Path> fakeTime() throws IOException {
    Path lib = Path.of("/usr/lib");
    if (!Files.isDirectory(lib)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(lib)) {
      return Stream.concat(Stream.of(lib), folders)
          .map(root -> root.resolve("faketime/libfaketimeMT.so.1"))
          .filter(Files::isRegularFile)
          .findFirst();
    }
  }

  @Test
  void executorsThatCannotStartAreReported() throws Exception {
    Submission run =
        cluster.submit(
            Map.of("spark.executor.extraJavaOptions", "-XX:+UseG1GC -XX:+UseParallelGC"),
            sweep.run());
    run.process()
        .await(
            Pattern.compile(
                "Executor updated: \\S+ is now EXITED \\(Command exited with code 1\\)"));
    run.kill();
  }

  @Test
  void aWrongConfigurationIsOneMessageAndExitCodeTwo() throws Exception {
    Cli run =
        cluster
            .submit(
                Map.of(),
                sweep.run("--set", "run.steps=-1", "--set", "run.depth=3", "--set", "metrics=[x]"))
            .await();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines().filter(line -> !line.startsWith("WARNING: Using incubator")))
        .containsExactly(
            "Cannot read sweep " + SMOKE.toRealPath() + ": 3 problems",
            "  --set metrics=[x]: metrics = \"x\": must be one of kl, coverage, mapping",
            "  --set run.depth=3: run.depth = 3: unknown key; did you mean run.generator.depth or"
                + " run.discriminator.depth?",
            "  --set run.steps=-1: run.steps = -1: steps must be >= 1, found -1");
    assertThat(sweep.output()).doesNotExist();
  }
}
