package org.latentsweep.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannedResolutionTest {
  private static String config(int k, int batch, int seed) {
    return "{\"target\": \"spiral\", \"latent_dim\": %d, \"batch\": %d, \"seed\": %d}"
        .formatted(k, batch, seed);
  }

  @Test
  void pairsThatDifferInOneHyperparameterAreCounted() {
    PlannedResolution planned =
        PlannedResolution.of(
            Map.of(
                config(1, 16, 1),
                3,
                config(2, 16, 1),
                4,
                config(3, 16, 1),
                3,
                config(1, 32, 5),
                3));

    assertThat(planned).isEqualTo(new PlannedResolution(3, 4, 4));
    assertThat(new PlannedResolution(3, 2, 1).ratio(0.4)).isCloseTo(3.3672652561987, within(1e-7));
    assertThat(new PlannedResolution(2, 2, 1).ratio(0.4)).isInfinite();
  }

  @Test
  void nothingIsKnownOfAnEmptySummary() {
    assertThat(PlannedResolution.logDeviation(List.of())).isNaN();
  }
}
