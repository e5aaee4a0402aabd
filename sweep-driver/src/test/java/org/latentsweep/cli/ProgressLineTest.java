package org.latentsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.latentsweep.engine.Progress;

class ProgressLineTest {
  private final StringWriter written = new StringWriter();
  private Instant now = Instant.EPOCH;

  private static Progress progress(String activity, int done, int seconds) {
    return new Progress(activity, "runs", 27, done, Duration.ofSeconds(seconds));
  }

  private ProgressLine line(int columns) {
    return new ProgressLine(new PrintWriter(written), columns, () -> now, Instant.EPOCH);
  }

  @Test
  void aTerminalShowsOneLineThatIsOverwritten() {
    try (ProgressLine line = line(80)) {
      line.show(progress("training", 0, 0));
      line.show(progress("training", 1, 60));
    }

    assertThat(written.toString())
        .isEqualTo(
            "\rtraining: 0/27 runs, 0 s\u001b[K"
                + "\rtraining: 1/27 runs, 1.0 runs/min, 26 min 0 s left\u001b[K"
                + System.lineSeparator());
  }

  @Test
  void theLineIsCutToTheWidthOfTheTerminal() {
    line(20).show(progress("training", 1, 60));

    assertThat(written.toString()).isEqualTo("\rtraining: 1/27 runs\u001b[K");
  }

  @Test
  void withoutATerminalALineIsWrittenEvery30SecondsAndAtTheEnd() {
    try (ProgressLine line = line(0)) {
      for (int second = 0; second <= 65; second += 5) {
        now = Instant.ofEpochSecond(second);
        line.show(progress("training", 0, second));
      }
    }

    assertThat(written.toString().lines())
        .containsExactly(
            "training: 0/27 runs, 0 s",
            "training: 0/27 runs, 30 s",
            "training: 0/27 runs, 1 min 0 s",
            "training: 0/27 runs, 1 min 5 s");
  }

  @Test
  void theTimesOfSeveralActivitiesAreToldAtTheEnd() {
    try (ProgressLine line = line(0)) {
      line.show(progress("training", 27, 54));
      line.say("half done");
      line.show(progress("scoring", 0, 1));
      line.show(progress("scoring", 27, 90));
      now = Instant.ofEpochSecond(150);
    }

    assertThat(written.toString().lines())
        .containsExactly(
            "training: 27/27 runs, 30.0 runs/min, 0 s left",
            "half done",
            "scoring: 0/27 runs, 1 s",
            "scoring: 27/27 runs, 18.0 runs/min, 0 s left",
            "time: training 54 s, scoring 1 min 30 s, rest 6 s; 2 min 30 s in all");
  }

  @Test
  void nothingIsWrittenIfNothingWasShown() {
    line(80).close();
    line(0).close();

    assertThat(written.toString()).isEmpty();
  }
}
