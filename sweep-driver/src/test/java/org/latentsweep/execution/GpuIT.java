package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.execution.Cli.SMOKE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps on an executor with four cores and two artificial GPUs, which a discovery script lists.
 * The back end is in a separate jar and records the GPUs that it is given.
 */
@Timeout(600)
class GpuIT {
  @TempDir private static Path folder;

  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Path discovery =
        Files.writeString(
            folder.resolve("discover"),
            "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'\n");
    assertThat(discovery.toFile().setExecutable(true)).isTrue();
    writeBackend(folder.resolve("recorder.jar"));
    cluster =
        StandaloneCluster.startWithWorker(
            folder,
            4,
            Map.of(
                "SPARK_WORKER_OPTS",
                "-Dspark.worker.resource.gpu.amount=2"
                    + " -Dspark.worker.resource.gpu.discoveryScript="
                    + discovery));
  }

  private static void writeBackend(Path jar) throws IOException {
    String service = "META-INF/services/org.latentsweep.training.Backend";
    String type = RecorderBackend.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String name : List.of(service, type)) {
        out.putNextEntry(new ZipEntry(name));
        Files.copy(Path.of("target/test-classes", name), out);
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** Trains with a back end that is not available on the driver. */
  private static Cli train(Path output, Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>();
    all.put("spark.jars", folder.resolve("recorder.jar").toString());
    all.put("spark.driver.defaultJavaOptions", "-Drecorder.unavailable=driver");
    all.put("spark.executor.resource.gpu.amount", "2");
    all.put("spark.cores.max", "4");
    all.putAll(settings);
    return cluster
        .submit(
            all,
            "run",
            "--no-report",
            SMOKE.toRealPath(),
            "--set",
            "output=" + output,
            "--set",
            "backend=recorder",
            "--set",
            "run.steps=200",
            "--set",
            "axes.target=gaussian",
            "--set",
            "axes.latent-dim=1",
            "--set",
            "axes.seed=1..8",
            "--set",
            "snapshots.every=0",
            "--set",
            "metrics=[]")
        .await();
  }

  @Test
  void eachPackHasItsOwnGpu() throws IOException, InterruptedException {
    Path output = folder.resolve("whole");
    Cli cli = train(output, Map.of());
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err())
        .contains(
            "On the driver: Cannot use back end 'recorder': nothing to record on; times are"
                + " estimated as of a nominal core");
    assertThat(Cli.sql(output, "SELECT count(*) FROM runs WHERE attempt LIKE 'app-%'"))
        .containsExactly("8");
    assertThat(Devices.maxAtOnce(output)).isEqualTo(Map.of("0", 1L, "1", 1L));
  }

  @Test
  void packsShareAGpuIfConfigured() throws IOException, InterruptedException {
    Path output = folder.resolve("shared");
    Cli cli = train(output, Map.of(Gpus.PACKS, "2"));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Devices.maxAtOnce(output)).isEqualTo(Map.of("0", 2L, "1", 2L));
  }

  @Test
  void aBackEndThatExecutorsCannotUseEndsTheSweepWithTheReason()
      throws IOException, InterruptedException {
    Cli cli =
        train(
            folder.resolve("unavailable"),
            Map.of("spark.executor.extraJavaOptions", "-Drecorder.unavailable=executors"));
    assertThat(cli.code()).isEqualTo(3);
    assertThat(cli.err())
        .contains(
            "Cannot finish the sweep: Cannot use back end 'recorder': nothing to record on; what"
                + " was committed is kept, run again to go on");
  }
}
