package org.latentsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {
  @ParameterizedTest
  @ValueSource(strings = {"relu", "leaky-relu(0.01)", "tanh", "linear"})
  void theNameIsReadBack(String name) {
    assertThat(Activation.parse(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "leaky-relu(0.01)", "tanh", "linear"})
  void theDerivativeIsThatOfCentralDifferences(String name) {
    Activation f = Activation.parse(name);
    for (double z : new double[] {-2, -0.1, 0.3, 5}) {
      double numeric = (f.value(z + 1e-6) - f.value(z - 1e-6)) / 2e-6;
      assertThat(f.derivative(f.value(z))).isCloseTo(numeric, within(1e-8));
    }
  }

  @Test
  void theMessageForAnUnknownNameListsTheForms() {
    assertThatThrownBy(() -> Activation.parse("gelu"))
        .hasMessage(
            "Cannot read activation: unknown 'gelu'; use relu, leaky-relu(slope), tanh, linear");
  }

  @Test
  void aSlopeOutOfRangeIsRejected() {
    assertThatThrownBy(() -> Activation.parse("leaky-relu(2)"))
        .hasMessage("Cannot make activation: slope must be in (0, 1), found 2.0");
  }

  @Test
  void aSlopeThatIsNoNumberIsRejected() {
    assertThatThrownBy(() -> Activation.parse("leaky-relu(x)"))
        .hasMessage(
            "Cannot read activation: the slope in 'leaky-relu(x)' is no number; use relu,"
                + " leaky-relu(slope), tanh, linear");
  }
}
