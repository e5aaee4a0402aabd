package org.latentsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.sweep.Version;

/** Benchmarks in real processes, as short as possible; the measured values are not checked. */
@Timeout(240)
class BenchCommandTest {
  private static final String NAME = "latentsweep " + Version.TEXT;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(Object... more) {
    String[] arguments =
        Stream.concat(
                Stream.of("bench", "cpu", "--families", "b", "--rounds", "1", "--seconds", "0.02"),
                Stream.of(more).map(Object::toString))
            .toArray(String[]::new);
    return Main.execute(
        RecordedEngine::new, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  /** Writes a shell script to the folder. */
  private Path script(String name, String lines) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + lines);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @Test
  void bothKernelsAreMeasuredAndTheFirstInDetail() throws JsonProcessingException {
    Path nowhere = folder.resolve("python");

    assertThat(execute("--jvms", "2", "--python", nowhere, "--format", "json"))
        .as(err.toString())
        .isZero();

    Map<String, Map<String, JsonNode>> programs = new TreeMap<>();
    for (JsonNode row : new ObjectMapper().readTree(out.toString())) {
      assertThat(row.get("family").asText()).isEqualTo("b");
      assertThat(row.get("median").asDouble()).as(row.toString()).isPositive();
      programs
          .computeIfAbsent(row.get("program").asText(), name -> new TreeMap<>())
          .put(row.get("measure").asText(), row);
    }
    assertThat(programs).hasSize(2);
    assertThat(programs.keySet()).element(1).isEqualTo(NAME + ", OpenBLAS");
    assertThat(programs.get(NAME + ", OpenBLAS"))
        .containsOnlyKeys("ms_per_step", "steps_per_second", "gflops", "of_peak", "speedup");
    Map<String, JsonNode> own = programs.values().iterator().next();
    assertThat(own)
        .containsKeys("of_peak", "peak_gflops", "two_runs_over_one", "seconds_per_100000_samples")
        .containsKeys("first_1000_ms_per_step", "jvm_ms_per_step", "jvm_spread");
    assertThat(own.get("speedup").get("median").asDouble()).isEqualTo(1);
    assertThat(own.get("jvm_ms_per_step").get("n").asInt()).isEqualTo(2);
    assertThat(err.toString())
        .contains("without PyTorch: " + nowhere + " cannot import torch")
        .contains("family b: round 1 of 1");
  }

  @Test
  void aProgramThatFailsIsExitCode3() throws IOException {
    Path python =
        script("python", "if [ \"$1\" = -c ]; then exit; fi\necho 'no such law: '$3 >&2\n");

    assertThat(execute("--python", python)).isEqualTo(3);

    assertThat(err.toString())
        .endsWith(
            "Cannot measure PyTorch: it ended without its name\n  no such law: uniform(-1,1)\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theOutputOfAFailedMavenIsShown() throws IOException {
    script("mvnw", "echo \"Cannot reach $5\"\nexit 1\n");
    System.setProperty("latentsweep.home", folder.toString());
    try {
      assertThat(execute("--libtorch")).isEqualTo(3);
    } finally {
      System.clearProperty("latentsweep.home");
    }

    assertThat(err.toString())
        .endsWith(
            "Cannot fetch LibTorch: Maven says\nCannot reach "
                + folder.resolve("worker/pom.xml")
                + "\n");
  }
}
