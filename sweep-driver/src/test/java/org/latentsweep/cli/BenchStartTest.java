package org.latentsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of short commands with launchers that end at once. */
@Timeout(60)
class BenchStartTest {
  @TempDir private Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void setHome() {
    System.setProperty(BenchCommand.HOME, home.toString());
  }

  @AfterEach
  void clearHome() {
    System.clearProperty(BenchCommand.HOME);
  }

  private int execute(String rounds) {
    return Main.execute(
        RecordedEngine::new,
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        "bench",
        "start",
        "--rounds",
        rounds);
  }

  private void launcher(String lines) throws IOException {
    Path launcher = Files.writeString(home.resolve("latentsweep"), "#!/bin/sh\n" + lines);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void eachCommandIsTimedBesideJava() throws IOException {
    launcher("exit 0\n");

    assertThat(execute("2")).as(err.toString()).isZero();

    assertThat(out.toString().lines().map(line -> line.split("  +")[0]))
        .containsExactly(
            "command",
            "java -version",
            "run, 8 runs",
            "run, nothing left",
            "status",
            "plan",
            "sql",
            "analyze, nothing left",
            "report, 8 runs",
            "score, 50000 points");
    assertThat(out.toString()).containsPattern("java -version +[\\d.]+ +1\n");
  }

  @Test
  void aCommandThatFailsIsNamed() throws IOException {
    launcher("[ \"$1\" != sql ] || { echo 'the disk is full' >&2; exit 3; }\n");

    assertThat(execute("1")).isEqualTo(3);

    assertThat(err.toString())
        .endsWith("Cannot measure sql: it ended with exit code 3: the disk is full\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void wrongOptionsAreNamed() {
    System.clearProperty(BenchCommand.HOME);

    assertThat(execute("0")).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(
            "Cannot measure: --rounds must be >= 1, found 0; it measures the launcher of a"
                + " checkout: start this command by ./latentsweep\n");
  }
}
