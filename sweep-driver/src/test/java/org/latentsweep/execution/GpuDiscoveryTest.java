package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that finds GPUs, with an {@code nvidia-smi} that lists three of them. */
class GpuDiscoveryTest {
  @TempDir private Path bin;

  private String run(String visible, String found) throws IOException, InterruptedException {
    Path smi = Files.writeString(bin.resolve("nvidia-smi"), "#!/bin/sh\n" + found + "\n");
    smi.toFile().setExecutable(true);
    ProcessBuilder builder =
        new ProcessBuilder(Path.of("../conf/gpu-discovery.sh").toAbsolutePath().toString());
    builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    builder.environment().remove("CUDA_VISIBLE_DEVICES");
    if (visible != null) {
      builder.environment().put("CUDA_VISIBLE_DEVICES", visible);
    }
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? out.strip() : "failed";
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "-|\"0\", \"1\", \"2\"",
        "''|''",
        "-1|''",
        "5|\"0\"",
        "2,0|\"0\", \"1\"",
        "GPU-8932f937,MIG-4b0c|\"0\", \"1\"",
        "1,-1,2|\"0\"",
      })
  void addressesAreIndicesOfTheVisibleGpus(String visible, String addresses) throws Exception {
    assertThat(run(visible, "printf '0\\n1\\n2\\n'"))
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [" + addresses + "]}");
  }

  @Test
  void theScriptFailsOnAHostWithoutADriver() throws Exception {
    assertThat(run(null, "exit 9")).isEqualTo("failed");
  }
}
