package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentsweep.folder.HostName;

/** The environments of containers and laptops, in real processes. */
@Timeout(240)
class EnvironmentTest {
  @TempDir private Path temp;

  private record Ended(int code, String output) {
    List<String> problems() {
      return output.lines().filter(line -> line.startsWith("Cannot")).toList();
    }
  }

  /** Runs one short training, with options of Java. */
  private Ended train(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    Process process =
        OwnProcess.builder(
                all,
                "run",
                Cli.SMOKE.toString(),
                "--set",
                "output=" + temp.resolve("sweep"),
                "--set",
                "axes.target=gaussian",
                "--set",
                "axes.latent-dim=1",
                "--set",
                "axes.seed=1",
                "--set",
                "metrics=[]",
                "--no-report")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.onExit().join().exitValue(), output);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "-Xmx128m ; Cannot start Spark: it needs a heap of 471.9 MB, and this process has",
        "-Djava.io.tmpdir=/no/such ; Cannot use the temporary folder /no/such: files cannot be written",
      })
  void whatDoesNotDoIsToldBeforeTraining(String option, String problem) throws IOException {
    Ended ended = train(option);

    assertThat(ended.code()).as(ended.output()).isEqualTo(3);
    assertThat(ended.problems()).hasSize(1).first().asString().startsWith(problem);
    assertThat(ended.output()).doesNotContain("\tat ", "training:");
  }

  /** Java calls a user without an entry in the password file "?". */
  @Test
  void aUserWithoutANameCanTrain() throws IOException {
    Ended ended = train("-Duser.name=?", "-Duser.home=" + temp);

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(Files.list(temp.resolve("sweep/runs"))).isNotEmpty();
  }

  /** Without UTF-8 Java would write question marks for the letters of this folder's name. */
  @Test
  void aFolderWhoseNameJavaCannotWriteIsRefused() throws IOException {
    Path script =
        Files.writeString(
            temp.resolve("script"), "exec \"$@\" --set output=" + temp + "/gr\u00f6\u00dfe\n");
    List<String> command = OwnProcess.builder(List.of(), "run", Cli.SMOKE.toString()).command();
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString());
    builder.command().addAll(command);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.redirectErrorStream(true).start();

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.onExit().join().exitValue()).as(output).isEqualTo(3);
    assertThat(output)
        .contains("Java reads and writes the names of files in", "LC_ALL=C.UTF-8")
        .doesNotContain("\tat ");
    assertThat(temp).isDirectoryNotContaining(file -> Files.isDirectory(file));
  }

  @Test
  void theHostHasAName() {
    assertThat(HostName.get()).isNotBlank();
  }
}
