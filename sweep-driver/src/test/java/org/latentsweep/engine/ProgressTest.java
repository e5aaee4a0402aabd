package org.latentsweep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static Progress progress(int done, int before, int seconds) {
    return new Progress(
        "training",
        "runs",
        27,
        before,
        done,
        List.of(),
        Duration.ofSeconds(seconds),
        Optional.empty());
  }

  @Test
  void aLineShowsCountsSpeedTimeLeftAndTheLatestRun() {
    Progress progress =
        new Progress(
            "training",
            "runs",
            27,
            3,
            15,
            List.of("1 failed", "2 diverged"),
            Duration.ofSeconds(90),
            Optional.of("spiral k=2 seed=2"));

    assertThat(progress.line())
        .isEqualTo(
            "training: 15/27 runs, 1 failed, 2 diverged, 8.0 runs/min, 1 min 30 s left,"
                + " spiral k=2 seed=2");
  }

  @Test
  void aLineShowsThePassedTimeWhileTheTimeLeftIsUnknown() {
    assertThat(progress(0, 0, 0).line()).isEqualTo("training: 0/27 runs, 0 s");
    assertThat(progress(3, 3, 5).line()).isEqualTo("training: 3/27 runs, 5 s");
    assertThat(progress(4, 3, 0).line()).isEqualTo("training: 4/27 runs, 0 s");
    assertThat(progress(27, 0, 54).line())
        .isEqualTo("training: 27/27 runs, 30.0 runs/min, 0 s left");
    assertThat(new Progress("summary", Duration.ofSeconds(75)).line())
        .isEqualTo("summary: 1 min 15 s");
  }
}
