package org.latentsweep.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jfree.data.xy.XYSeries;
import org.junit.jupiter.api.Test;
import org.latentsweep.folder.LocalSpark;
import org.latentsweep.target.GaussianMixture;
import org.latentsweep.target.Mode;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

class ModeWeightsTest {
  /**
   * Two modes on a line, of which samples between them are within 3 standard deviations of both.
   */
  private static final class OverlappingModes extends GaussianMixture {
    OverlappingModes() {
      super(List.of(new Mode(List.of(0.0), 1, 0.25), new Mode(List.of(2.0), 0.5, 0.75)));
    }

    @Override
    public String name() {
      return "overlapping-modes";
    }

    @Override
    public NaturalMap naturalMap() {
      throw new UnsupportedOperationException();
    }

    @Override
    public NoiseLaw defaultNoise() {
      return new NoiseLaw.Normal();
    }

    @Override
    public double defaultBandwidth() {
      return 0.1;
    }

    @Override
    public double drawnHalfWidth() {
      return 5;
    }

    @Override
    public double supportHalfWidth() {
      return 8;
    }
  }

  private static final TargetDistribution OVERLAPPING = new OverlappingModes();

  /** The modes of samples that are given as SQL rows of x and y. */
  private static List<Integer> modes(TargetDistribution target, String rows) {
    return LocalSpark.session()
        .sql(
            "SELECT %s AS mode FROM VALUES %s AS t(x, y)"
                .formatted(ModeWeights.modeOf(target.modes()), rows))
        .collectAsList()
        .stream()
        .map(row -> row.isNullAt(0) ? null : row.getInt(0))
        .toList();
  }

  @Test
  void aSampleIsAtTheNearestModeInTheModesStandardDeviations() {
    // At 1.2 the first mode is 1.2 and the second 1.6 standard deviations away; at 1.5, 1.5 and 1.
    assertThat(modes(OVERLAPPING, "(-2.9f, null), (1.2f, null), (1.5f, null), (3.4f, null)"))
        .containsExactly(0, 0, 1, 1);
  }

  @Test
  void aSampleBeyondThreeStandardDeviationsIsAtNoMode() {
    assertThat(modes(OVERLAPPING, "(-3.1f, null), (3.6f, null)")).containsExactly(null, null);
  }

  @Test
  void bothCoordinatesCountInThePlane() {
    assertThat(
            modes(
                Targets.named("eight-gaussians"),
                "(2f, 0.5f), (2f, 0.7f), (0f, 2.1f), (-1.4f, 1.4f), (0f, 0f)"))
        .containsExactly(0, null, 2, 3, null);
  }

  private static double share(TargetDistribution target, int mode) {
    XYSeries truth = ModeWeights.truth(target);
    return truth.getY(mode).doubleValue();
  }

  /** R 4.2: pchisq(9, 1) and pchisq(9, 2). */
  @Test
  void theTargetsShareDependsOnItsDimensions() {
    assertThat(share(OVERLAPPING, 0)).isCloseTo(0.25 * 0.9973002, within(1e-7));
    assertThat(share(OVERLAPPING, 1)).isCloseTo(0.75 * 0.9973002, within(1e-7));
    assertThat(share(Targets.named("eight-gaussians"), 7)).isCloseTo(0.9888910 / 8, within(1e-7));
  }
}
