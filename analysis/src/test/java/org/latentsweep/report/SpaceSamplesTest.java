package org.latentsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceSamplesTest {
  @ParameterizedTest
  @CsvSource({"30000, 50", "600, 1", "3000, 500", "100, 7", "5, 5"})
  void framesAreStoredStepsFromTheFirstToTheLast(int last, int every) {
    List<Integer> frames = SpaceSamples.frames(last, every);

    assertThat(frames).doesNotHaveDuplicates().isSorted().hasSizeBetween(1, 40).endsWith(last);
    assertThat(frames.get(0)).isEqualTo(Math.min(last, every));
    assertThat(frames.subList(0, frames.size() - 1)).allMatch(step -> step % every == 0);
  }

  @Test
  void withoutSnapshotsThereIsTheLastStep() {
    assertThat(SpaceSamples.frames(100, 0)).containsExactly(100);
  }
}
