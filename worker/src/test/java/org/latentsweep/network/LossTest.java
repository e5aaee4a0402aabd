package org.latentsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {
  private static final double E = 1e-6;
  private static final double[] POINTS = {-30, -3, -0.7, 0.2, 0.6, 4, 30};

  @ParameterizedTest
  @EnumSource
  void slopesAreTheDerivatives(Loss loss) {
    for (double s : POINTS) {
      for (boolean real : new boolean[] {true, false}) {
        double numeric =
            (loss.discriminator(s + E, real) - loss.discriminator(s - E, real)) / (2 * E);
        assertThat(loss.discriminatorSlope(s, real)).isCloseTo(numeric, within(1e-7));
      }
      double numeric = (loss.generator(s + E) - loss.generator(s - E)) / (2 * E);
      assertThat(loss.generatorSlope(s)).isCloseTo(numeric, within(1e-7));
    }
  }

  @ParameterizedTest
  @EnumSource
  void lossesAndSlopesAreFiniteForLargeOutputs(Loss loss) {
    for (double s : new double[] {-1e4, 1e4}) {
      assertThat(loss.discriminator(s, true)).isFinite();
      assertThat(loss.discriminatorSlope(s, false)).isFinite();
      assertThat(loss.generator(s)).isFinite();
      assertThat(loss.generatorSlope(s)).isFinite();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNameIsReadBack(Loss loss) {
    assertThat(Loss.named(loss.configName())).isEqualTo(loss);
  }

  @ParameterizedTest
  @EnumSource
  void theDescriptionSaysTheUnitOrThatThereIsNone(Loss loss) {
    assertThat(loss.description()).matches(".+ in nats|.+, which have no unit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wgan", ""})
  void theMessageForAnUnknownNameListsTheLosses(String name) {
    assertThatThrownBy(() -> Loss.named(name))
        .hasMessage(
            "Cannot find loss '"
                + name
                + "'; there are non-saturating, minimax, least-squares, hinge");
  }
}
