package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;

/** Gradients against central differences of L = sum_ij c_ij a_ij for random c. */
class ReferenceMlpTest {
  private static final int ROWS = 7;
  private static final int[] SIZES = {3, 6, 5, 2};

  static Stream<MlpSpec> networks() {
    return Stream.of(Activation.RELU, Activation.leakyRelu(0.2), Activation.TANH)
        .flatMap(
            hidden ->
                Stream.of(Activation.LINEAR, Activation.TANH)
                    .map(output -> new MlpSpec(List.of(6, 5), hidden, output)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsAreThoseOfCentralDifferences(MlpSpec spec) {
    SplittableRandom random = new SplittableRandom(11);
    ReferenceMlp mlp =
        new ReferenceMlp(
            spec, new AdamSpec(1e-3, 0.5, 0.999, 1e-7), SIZES, GlorotUniform.draw(SIZES, random));
    double[] parameters = mlp.exactParameters();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += 0.1 * random.nextGaussian(); // biases away from 0
    }
    double[] x = random.doubles(ROWS * 3, -1, 1).toArray();
    double[] c = random.doubles(ROWS * 2, -1, 1).toArray();

    mlp.forward(x, ROWS);
    mlp.backward(c);
    assertSame(mlp.gradient(), parameters, mlp, x, c);
    mlp.forward(x, ROWS);
    assertSame(mlp.backwardToInput(c), x, mlp, x, c);
  }

  /** Compares a gradient by {@code variables} with central differences, relative by norm. */
  private static void assertSame(
      double[] gradient, double[] variables, ReferenceMlp mlp, double[] x, double[] c) {
    double e = 1e-6;
    double squaredError = 0;
    double squaredNorm = 0;
    for (int i = 0; i < variables.length; i++) {
      double kept = variables[i];
      variables[i] = kept + e;
      double above = loss(mlp, x, c);
      variables[i] = kept - e;
      double below = loss(mlp, x, c);
      variables[i] = kept;
      double numeric = (above - below) / (2 * e);
      squaredError += Math.pow(numeric - gradient[i], 2);
      squaredNorm += numeric * numeric;
    }
    assertThat(Math.sqrt(squaredError / squaredNorm)).isCloseTo(0, within(1e-6));
  }

  private static double loss(ReferenceMlp mlp, double[] x, double[] c) {
    double[] a = mlp.forward(x, ROWS);
    double sum = 0;
    for (int i = 0; i < c.length; i++) {
      sum += c[i] * a[i];
    }
    return sum;
  }
}
