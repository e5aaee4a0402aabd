package org.latentsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentsweep.engine.Progress;

class ProgressTest {
  private final StringWriter written = new StringWriter();
  private Instant now = Instant.EPOCH;

  private static Progress progress(int done, int before, int failed, int diverged, int seconds) {
    return new Progress(
        27, before, done, failed, diverged, Duration.ofSeconds(seconds), Optional.empty());
  }

  private ProgressLine line(int columns) {
    return new ProgressLine(new PrintWriter(written), columns, () -> now);
  }

  @Test
  void tellsEverything() {
    Progress progress =
        new Progress(
            27,
            3,
            15,
            1,
            2,
            Duration.ofSeconds(90),
            Optional.of(new Progress.Latest("spiral", 2, 2, 1.3424, 0.7)));

    assertThat(progress.line())
        .isEqualTo(
            "15/27 runs, 1 failed, 2 diverged, 8.0 runs/min, 1 min 30 s left,"
                + " spiral k=2 seed=2 d_loss 1.342 g_loss 0.700");
  }

  @Test
  void leavesOutWhatIsZeroOrUnknown() {
    assertThat(progress(0, 0, 0, 0, 0).line()).isEqualTo("0/27 runs");
    assertThat(progress(3, 3, 0, 0, 5).line()).isEqualTo("3/27 runs");
    assertThat(progress(4, 3, 0, 0, 0).line()).isEqualTo("4/27 runs");
    assertThat(progress(27, 0, 0, 0, 54).line()).isEqualTo("27/27 runs, 30.0 runs/min, 0 s left");
  }

  @Test
  void aTerminalHasOneLineThatIsWrittenOver() {
    try (ProgressLine line = line(80)) {
      line.show(progress(0, 0, 0, 0, 0));
      line.show(progress(1, 0, 0, 0, 60));
    }

    assertThat(written.toString())
        .isEqualTo(
            "\r0/27 runs\u001b[K\r1/27 runs, 1.0 runs/min, 26 min 0 s left\u001b[K"
                + System.lineSeparator());
  }

  @Test
  void aLineIsCutToTheTerminal() {
    line(10).show(progress(1, 0, 1, 0, 60));

    assertThat(written.toString()).isEqualTo("\r1/27 runs\u001b[K");
  }

  @Test
  void elsewhereALineComesEvery30SecondsAndAtTheEnd() {
    try (ProgressLine line = line(0)) {
      for (int second = 0; second <= 65; second += 5) {
        now = Instant.ofEpochSecond(second);
        line.show(progress(0, 0, second, 0, second));
      }
    }

    assertThat(written.toString().lines())
        .containsExactly(
            "0/27 runs", "0/27 runs, 30 failed", "0/27 runs, 60 failed", "0/27 runs, 65 failed");
  }

  @Test
  void nothingShownIsNothingWritten() {
    line(80).close();
    line(0).close();

    assertThat(written.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "0.2, 1 s",
    "59.5, 1 min 0 s",
    "3599, 59 min 59 s",
    "3600, 1 h 0 min",
    "86399, 23 h 59 min",
    "90000, 1 d 1 h",
  })
  void durations(double seconds, String text) {
    assertThat(Time.text(seconds)).isEqualTo(text);
  }
}
