package org.latentsweep.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.target.Targets;

class MetricFamilyTest {
  private static List<Bandwidth> bandwidths(double... factors) {
    return DoubleStream.of(factors).mapToObj(Bandwidth::new).toList();
  }

  @Test
  void aFamilyIsFoundByItsName() {
    assertThat(MetricFamily.named("kl")).isSameAs(MetricFamily.KL);
  }

  @Test
  void anUnknownNameListsTheFamilies() {
    assertThatThrownBy(() -> MetricFamily.named("fid"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot find metrics 'fid'; there are kl, coverage, mapping");
  }

  @Test
  void smoothedDivergencesHaveASetForEachBandwidth() {
    assertThat(MetricFamily.sets(List.of("kl"), bandwidths(0.25, 1), true))
        .extracting(MetricSet::name)
        .containsExactly(
            "kl-0.25h",
            "kl-0.25h-snapshots",
            "kl-1h",
            "kl-1h-snapshots",
            "kl-unsmoothed",
            "kl-unsmoothed-snapshots");
  }

  @Test
  void generatorsAreNotMeasuredDuringTraining() {
    assertThat(MetricFamily.sets(List.of("mapping"), bandwidths(1), true))
        .extracting(MetricSet::name)
        .containsExactly("mapping");
  }

  @Test
  void onlySomeFamiliesMeasureGenerators() {
    assertThat(MetricFamily.KL.measuresGenerators()).isFalse();
    assertThat(MetricFamily.MAPPING.measuresGenerators()).isTrue();
  }

  @Test
  void samplesAloneHaveNoMapping() {
    List<MetricSet> sets = MetricFamily.sets(List.of("mapping"), bandwidths(1), false);
    assertThatThrownBy(() -> Scoring.score(Targets.named("gaussian"), new float[200], sets))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot measure samples: mapping is measured of generators alone");
  }

  @Test
  void theNameOfASetIsLowerCaseWordsJoinedByHyphens() {
    assertThatThrownBy(
            () -> new SampleMetricSet("big", "Big_Name", false, (target, points) -> List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot make a set of metrics: its name must be lower-case words joined by hyphens,"
                + " found 'Big_Name'");
  }
}
