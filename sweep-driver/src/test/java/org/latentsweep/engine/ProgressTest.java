package org.latentsweep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static Progress progress(int done, int before, int seconds) {
    return new Progress(27, before, done, 0, 0, Duration.ofSeconds(seconds), Optional.empty());
  }

  @Test
  void aLineShowsCountsSpeedTimeLeftAndTheLatestRun() {
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
  void aLineLeavesOutWhatIsZeroOrUnknown() {
    assertThat(progress(0, 0, 0).line()).isEqualTo("0/27 runs");
    assertThat(progress(3, 3, 5).line()).isEqualTo("3/27 runs");
    assertThat(progress(4, 3, 0).line()).isEqualTo("4/27 runs");
    assertThat(progress(27, 0, 54).line()).isEqualTo("27/27 runs, 30.0 runs/min, 0 s left");
  }
}
