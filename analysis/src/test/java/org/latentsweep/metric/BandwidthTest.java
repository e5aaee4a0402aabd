package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.target.Targets;

class BandwidthTest {
  @ParameterizedTest
  @CsvSource({
    "0.5, 0.5h, @h/2",
    "1, 1h, ''",
    "2, 2h, @2h",
    "0.125, 0.125h, @0.125h",
    "0.30000000000000004, 0.3h, @0.3h",
    "8, 8h, @8h",
  })
  void namesTellFactorsApart(double factor, String label, String suffix) {
    assertThat(new Bandwidth(factor).label()).isEqualTo(label);
    assertThat(Bandwidth.suffix(factor)).isEqualTo(suffix);
  }

  @Test
  void multipliesTheTargetsOwn() {
    assertThat(new Bandwidth(2).of(Targets.named("spiral"))).isEqualTo(0.06);
  }

  @Test
  void factorsThatDifferByRoundingAreOne() {
    assertThat(new Bandwidth(0.1 + 0.2)).isEqualTo(new Bandwidth(0.3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 0.1, 8.5, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsWhatIsOutOfRange(double factor) {
    assertThatThrownBy(() -> new Bandwidth(factor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot make a bandwidth: must be a factor of h in [0.125, 8], found " + factor);
  }
}
