package org.latentsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;

class FlopsTest {
  @Test
  void countsAStepOfThePublishedRecipe() {
    RunSpec run = Runs.published(2);

    assertThat(Flops.perStep(run)).isCloseTo(811e6, withinPercentage(1));
    // 512 rows: three products of the discriminator's 131,840 without the 512 of its inputs, and
    // half
    // of the generator's 264,192; then three of the generator's without the 1,024 of its inputs,
    // and
    // two of the discriminator's
    assertThat(Flops.perStep(run))
        .isEqualTo(512.0 * (3 * 131_840 - 512 + 132_096 + 3 * 264_192 - 1_024 + 2 * 131_840));
  }

  @Test
  void aRunAlsoDrawsSamples() {
    RunSpec run = Runs.tiny(1, 10, 1);

    assertThat(Flops.perRun(run))
        .isEqualTo(10 * Flops.perStep(run) + (2 * 7 + 50) * 2.0 * (4 + 4 * 2));
    assertThat(run.samples()).isEqualTo(new SampleSchedule(4, 7, 50));
  }

  @Test
  void estimatesTheBytesOfARun() {
    // 64 samples of 9 bytes, 10 steps of 16, (1 + 1) * 4 + (4 + 1) * 2 parameters of 4
    assertThat(TableBytes.of(Runs.tiny(1, 10, 1))).isEqualTo(64 * 9 + 10 * 16 + 18 * 4);
    // 599 snapshots of 5,000 and 100,000 at the end
    assertThat(TableBytes.sampleRows(Runs.published(2))).isEqualTo(599 * 5_000 + 100_000);
  }
}
