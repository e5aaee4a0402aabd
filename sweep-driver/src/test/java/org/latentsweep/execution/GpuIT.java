package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.execution.Cli.SMOKE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on executors with two GPUs and four cores. */
@Timeout(600)
class GpuIT {
  @TempDir private static Path folder;

  private static GpuCluster cluster;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    cluster = new GpuCluster(folder);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (cluster != null) {
      cluster.stop();
    }
  }

  private static Cli train(Path output, String... properties)
      throws IOException, InterruptedException {
    return cluster.submit(
        List.of(properties),
        "run",
        SMOKE,
        "--set",
        "output=" + output,
        "--set",
        "backend=recorder",
        "--set",
        "run.steps=400",
        "--set",
        "axes.target=gaussian",
        "--set",
        "axes.latent-dim=1",
        "--set",
        "axes.seed=1..8",
        "--set",
        "snapshots.every=0",
        "--set",
        "metrics=[]");
  }

  @Test
  void eachPackHasAGpuOfItsOwn() throws IOException, InterruptedException {
    Path output = folder.resolve("whole");
    Cli cli = train(output);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err())
        .contains(
            "On the driver: Cannot use back end 'recorder': nothing to record on; times are"
                + " estimated as of a nominal core");
    assertThat(Cli.sql(output, "SELECT count(*) FROM runs WHERE attempt LIKE 'app-%'"))
        .containsExactly("8");
    assertThat(Devices.mostAtOnce(output)).isEqualTo(Map.of("0", 1L, "1", 1L));
  }

  @Test
  void packsShareAGpuWhereThatIsAskedFor() throws IOException, InterruptedException {
    Path output = folder.resolve("shared");
    Cli cli = train(output, Gpus.PACKS + "=2");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Devices.mostAtOnce(output)).isEqualTo(Map.of("0", 2L, "1", 2L));
  }

  @Test
  void whatExecutorsCannotUseEndsTheSweepWithTheReason() throws IOException, InterruptedException {
    Cli cli =
        train(
            folder.resolve("unavailable"),
            "spark.executor.extraJavaOptions=-Drecorder.unavailable=executors");
    assertThat(cli.code()).isEqualTo(3);
    assertThat(cli.err())
        .contains(
            "Cannot finish the sweep: Cannot use back end 'recorder': nothing to record on; what"
                + " was committed is kept, run again to go on");
  }
}
