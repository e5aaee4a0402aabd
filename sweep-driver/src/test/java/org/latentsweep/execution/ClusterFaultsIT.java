package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Faults of a cluster during a sweep, none of which changes the results. */
class ClusterFaultsIT extends OnTwoWorkers {
  private static final String SECOND_ATTEMPTS =
      "SELECT count(*) FROM runs WHERE attempt LIKE '% attempt 1'";

  @Test
  void anExecutorIsKilled() throws Exception {
    Submission submission = cluster.submit(Map.of(), sweep.run());
    sweep.awaitStarted(submission);
    cluster.workers().get(0).killExecutor();

    Cli run = submission.await();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("Lost executor");
    assertThat(Cli.sql(sweep.output(), SECOND_ATTEMPTS)).doesNotContain("0");
    sweep.assertWhole();
  }

  @Test
  void aWorkerIsKilledAndAnotherIsStarted() throws Exception {
    Submission submission = cluster.submit(Map.of(), sweep.run());
    sweep.awaitStarted(submission);
    cluster.workers().get(0).kill();
    ClusterWorker left = cluster.workers().get(1);
    left.suspendExecutor(); // otherwise it could finish before another has started
    cluster.addWorker().awaitExecutor();
    left.resumeExecutor(); // other executors fetch blocks of the job from it

    Cli run = submission.await();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Cli.sql(sweep.output(), SECOND_ATTEMPTS)).doesNotContain("0");
    sweep.assertWhole();
  }

  @Test
  void theDriverIsKilledAndStartedAgain() throws Exception {
    Submission first = cluster.submit(Map.of(), sweep.run());
    sweep.awaitCommitted(2, first);
    first.kill();
    int before = sweep.finished();
    assertThat(before).isBetween(2, ClusterSweep.RUNS - 1);

    Cli second = cluster.submit(Map.of(), sweep.run()).await();
    assertThat(second.code()).as(second.err()).isZero();
    // Executors that have not yet noticed the death of their driver may commit packs meanwhile.
    Matcher kept = Pattern.compile(", (\\d+) finished, 0 failed, ").matcher(second.err());
    assertThat(kept.find()).as(second.err()).isTrue();
    assertThat(Integer.parseInt(kept.group(1))).isBetween(before, ClusterSweep.RUNS - 1);
    sweep.assertWhole();
  }

  @Test
  void aTaskDiesBetweenItsSamplesAndItsRuns() throws Exception {
    Path marker = folder.resolve("halted");
    Map<String, String> settings = HaltingFileSystem.settings(folder.resolve("classes"), marker);
    Cli run = cluster.submit(settings, sweep.run()).await();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("Lost executor");
    assertThat(Files.readAllLines(marker))
        .extracting(file -> sweep.output().relativize(Path.of(file)).getName(0).toString())
        .containsExactlyInAnyOrder("history", "samples", "generators");
    assertThat(Cli.sql(sweep.output(), SECOND_ATTEMPTS)).doesNotContain("0");
    sweep.assertWhole();
  }

  @Test
  void anExecutorHangsAndAnotherRunsItsTaskToo() throws Exception {
    Path events = Files.createDirectory(folder.resolve("events"));
    Map<String, String> settings =
        Map.of(
            "spark.speculation",
            "true",
            "spark.speculation.multiplier",
            "1",
            "spark.speculation.quantile",
            "0.1",
            "spark.speculation.minTaskRuntime",
            "0",
            "spark.eventLog.enabled",
            "true",
            "spark.eventLog.dir",
            events.toUri().toString());
    Submission submission = cluster.submit(settings, sweep.run());
    sweep.awaitStarted(submission);
    cluster.workers().get(0).suspendExecutor();
    sweep.awaitCommitted(sweep.packs(submission), submission); // also that of the hanging task
    cluster.workers().get(0).resumeExecutor();

    Cli run = submission.await();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(lines(events))
        .anyMatch(line -> line.contains("TaskStart") && line.contains("\"Speculative\":true"));
    assertThat(Cli.sql(sweep.output(), SECOND_ATTEMPTS)).doesNotContain("0");
    sweep.assertWhole();
  }
}
