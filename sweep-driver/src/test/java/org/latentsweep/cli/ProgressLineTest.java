package org.latentsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentsweep.engine.Progress;

class ProgressLineTest {
  private final StringWriter written = new StringWriter();
  private Instant now = Instant.EPOCH;

  private static Progress progress(int done, int failed, int seconds) {
    return new Progress(27, 0, done, failed, 0, Duration.ofSeconds(seconds), Optional.empty());
  }

  private ProgressLine line(int columns) {
    return new ProgressLine(new PrintWriter(written), columns, () -> now);
  }

  @Test
  void aTerminalShowsOneLineThatIsOverwritten() {
    try (ProgressLine line = line(80)) {
      line.show(progress(0, 0, 0));
      line.show(progress(1, 0, 60));
    }

    assertThat(written.toString())
        .isEqualTo(
            "\r0/27 runs\u001b[K\r1/27 runs, 1.0 runs/min, 26 min 0 s left\u001b[K"
                + System.lineSeparator());
  }

  @Test
  void theLineIsCutToTheWidthOfTheTerminal() {
    line(10).show(progress(1, 1, 60));

    assertThat(written.toString()).isEqualTo("\r1/27 runs\u001b[K");
  }

  @Test
  void withoutATerminalALineIsWrittenEvery30SecondsAndAtTheEnd() {
    try (ProgressLine line = line(0)) {
      for (int second = 0; second <= 65; second += 5) {
        now = Instant.ofEpochSecond(second);
        line.show(progress(0, second, second));
      }
    }

    assertThat(written.toString().lines())
        .containsExactly(
            "0/27 runs", "0/27 runs, 30 failed", "0/27 runs, 60 failed", "0/27 runs, 65 failed");
  }

  @Test
  void nothingIsWrittenIfNothingWasShown() {
    line(80).close();
    line(0).close();

    assertThat(written.toString()).isEmpty();
  }
}
