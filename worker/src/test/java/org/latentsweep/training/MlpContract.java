package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;

/**
 * The contract of {@link Mlp}, which each implementation's test extends. Gradients are those of the
 * loss L = sum_ij c_ij a_ij with random c, where a is the output.
 */
abstract class MlpContract {
  private static final int[] SIZES = {3, 6, 5, 2};
  private static final int BATCH = 7;
  private static final MlpSpec SPEC =
      new MlpSpec(List.of(6, 5), Activation.TANH, Activation.LINEAR);
  private static final AdamSpec ADAM = new AdamSpec(1e-3, 0.5, 0.999, 1e-7);

  /** With no moments and so large an epsilon, a step is almost proportional to the gradient. */
  private static final AdamSpec PROPORTIONAL = new AdamSpec(1e3, 0, 0, 1e3);

  private final SplittableRandom random = new SplittableRandom(11);
  private final float[] initial = initial();

  /** Creates a network of the implementation under test. */
  abstract Mlp network(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial);

  /** Returns the error that the implementation's precision allows, relative by norm. */
  abstract double tolerance();

  private float[] initial() {
    float[] parameters = GlorotUniform.draw(SIZES, random);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += (float) (0.1 * random.nextGaussian()); // biases that are not 0
    }
    return parameters;
  }

  private Mlp network(AdamSpec adam) {
    return network(SPEC, adam, SIZES, BATCH, initial);
  }

  private ReferenceMlp reference(MlpSpec spec) {
    return new ReferenceMlp(spec, ADAM, SIZES, initial);
  }

  private double[] inputs(int rows) {
    return random.doubles(rows * 3, -1, 1).toArray();
  }

  private double[] outputGradient(int rows) {
    return random.doubles(rows * 2, -1, 1).toArray();
  }

  static Stream<MlpSpec> networks() {
    return Stream.of(Activation.RELU, Activation.leakyRelu(0.2), Activation.TANH)
        .flatMap(
            hidden ->
                Stream.of(Activation.LINEAR, Activation.TANH)
                    .map(output -> new MlpSpec(List.of(6, 5), hidden, output)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void outputsAreThoseOfTheReference(MlpSpec spec) {
    double[] x = inputs(BATCH);
    try (Mlp mlp = network(spec, ADAM, SIZES, BATCH, initial)) {
      assertClose(mlp.forward(x, BATCH), reference(spec).forward(x, BATCH));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void parameterGradientsAreThoseOfCentralDifferences(MlpSpec spec) {
    double[] x = inputs(BATCH);
    double[] c = outputGradient(BATCH);
    ReferenceMlp reference = reference(spec);
    double[] expected = centralDifferences(reference.exactParameters(), reference, x, c);
    assertClose(parameterGradient(spec, x, c), expected);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void inputGradientsAreThoseOfCentralDifferences(MlpSpec spec) {
    double[] x = inputs(BATCH);
    double[] c = outputGradient(BATCH);
    double[] expected = centralDifferences(x, reference(spec), x, c);
    assertClose(inputGradient(spec, x, c), expected);
  }

  /** 300 rows are more than any implementation handles at once. */
  @ParameterizedTest
  @MethodSource("networks")
  void gradientsOfManyRowsAreTheSumsOfThoseOfSingleRows(MlpSpec spec) {
    int rows = 300;
    double[] x = inputs(rows);
    double[] c = outputGradient(rows);
    double[] sum = new double[initial.length];
    double[] each = new double[x.length];
    for (int r = 0; r < rows; r++) {
      double[] row = Arrays.copyOfRange(x, r * 3, r * 3 + 3);
      double[] rowGradient = Arrays.copyOfRange(c, r * 2, r * 2 + 2);
      double[] ofRow = parameterGradient(spec, row, rowGradient);
      Arrays.setAll(sum, i -> sum[i] + ofRow[i]);
      System.arraycopy(inputGradient(spec, row, rowGradient), 0, each, r * 3, 3);
    }
    assertClose(parameterGradient(spec, x, c), sum);
    assertClose(inputGradient(spec, x, c), each);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6})
  void aRowsOutputDoesNotDependOnTheNumberOfRows(int rows) {
    double[] x = inputs(BATCH);
    try (Mlp mlp = network(ADAM)) {
      double[] all = Arrays.copyOf(mlp.forward(x, BATCH), rows * 2);
      double[] some = Arrays.copyOf(mlp.forward(Arrays.copyOf(x, rows * 3), rows), rows * 2);
      assertClose(some, all);
    }
  }

  @Test
  void parametersAreAtFirstTheInitialOnes() {
    try (Mlp mlp = network(ADAM)) {
      assertThat(mlp.parameters()).isEqualTo(initial);
    }
  }

  @Test
  void parametersAreACopy() {
    try (Mlp mlp = network(ADAM)) {
      Arrays.fill(mlp.parameters(), 7);
      assertThat(mlp.parameters()).isEqualTo(initial);
    }
  }

  @Test
  void backwardToInputLeavesTheGradientsForTheUpdate() {
    double[] x = inputs(BATCH);
    double[] c = outputGradient(BATCH);
    double[] expected = parameterGradient(SPEC, x, c);
    try (Mlp mlp = network(PROPORTIONAL)) {
      mlp.forward(x, BATCH);
      mlp.backward(c);
      mlp.forward(inputs(BATCH), BATCH);
      mlp.backwardToInput(outputGradient(BATCH));
      mlp.update();
      assertThat(gradientOfStep(mlp)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void anUpdateTellsWhetherTheParametersAreFinite(double notFinite) {
    try (Mlp mlp = network(ADAM)) {
      double[] c = outputGradient(BATCH);
      mlp.forward(inputs(BATCH), BATCH);
      mlp.backward(c);
      assertThat(mlp.update()).isTrue();
      c[3] = notFinite;
      mlp.forward(inputs(BATCH), BATCH);
      mlp.backward(c);
      assertThat(mlp.update()).isFalse();
    }
  }

  @Test
  void aLoadedNetworkContinuesWithTheSameBits() throws IOException {
    double[] x = inputs(BATCH);
    double[] c = outputGradient(BATCH);
    try (Mlp saved = network(ADAM);
        Mlp loaded = network(SPEC, ADAM, SIZES, BATCH, new float[initial.length])) {
      step(saved, x, c);
      step(saved, x, c);
      loaded.load(state(saved));
      assertThat(loaded.parameters()).isEqualTo(saved.parameters());
      assertThat(loaded.forward(x, BATCH)).isEqualTo(saved.forward(x, BATCH));
      step(saved, x, c);
      step(loaded, x, c);
      assertThat(loaded.parameters()).isEqualTo(saved.parameters());
    }
  }

  @Test
  void theStateOfANetworkOfAnotherSizeIsRejected() throws IOException {
    int[] sizes = {3, 60, 50, 2};
    MlpSpec spec = new MlpSpec(List.of(60, 50), Activation.TANH, Activation.LINEAR);
    float[] parameters = GlorotUniform.draw(sizes, random);
    try (Mlp other = network(spec, ADAM, sizes, BATCH, parameters);
        Mlp mlp = network(ADAM)) {
      DataInputStream state = state(other);
      assertThatThrownBy(() -> mlp.load(state))
          .isInstanceOf(IOException.class)
          .hasMessageMatching("it holds \\d+ numbers where there should be \\d+");
    }
  }

  private static void step(Mlp mlp, double[] x, double[] c) {
    mlp.forward(x, BATCH);
    mlp.backward(c);
    mlp.update();
  }

  private static DataInputStream state(Mlp mlp) throws IOException {
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    mlp.save(new DataOutputStream(state));
    return new DataInputStream(new ByteArrayInputStream(state.toByteArray()));
  }

  private double[] parameterGradient(MlpSpec spec, double[] x, double[] c) {
    int rows = c.length / 2;
    try (Mlp mlp = network(spec, PROPORTIONAL, SIZES, rows, initial)) {
      mlp.forward(x, rows);
      mlp.backward(c);
      mlp.update();
      return gradientOfStep(mlp);
    }
  }

  /** Returns the gradient g of the first step s = 1e3 g / (|g| + 1e3) of {@link #PROPORTIONAL}. */
  private double[] gradientOfStep(Mlp mlp) {
    float[] after = mlp.parameters();
    double[] gradient = new double[after.length];
    for (int i = 0; i < gradient.length; i++) {
      double step = (double) initial[i] - after[i];
      gradient[i] = 1e3 * step / (1e3 - Math.abs(step));
    }
    return gradient;
  }

  private double[] inputGradient(MlpSpec spec, double[] x, double[] c) {
    int rows = c.length / 2;
    try (Mlp mlp = network(spec, ADAM, SIZES, rows, initial)) {
      mlp.forward(x, rows);
      return mlp.backwardToInput(c).clone();
    }
  }

  /** Returns the derivatives of L by {@code variables}, which the network or x refers to. */
  private static double[] centralDifferences(
      double[] variables, ReferenceMlp mlp, double[] x, double[] c) {
    double e = 1e-6;
    double[] gradient = new double[variables.length];
    for (int i = 0; i < variables.length; i++) {
      double value = variables[i];
      variables[i] = value + e;
      double above = loss(mlp, x, c);
      variables[i] = value - e;
      double below = loss(mlp, x, c);
      variables[i] = value;
      gradient[i] = (above - below) / (2 * e);
    }
    return gradient;
  }

  private static double loss(ReferenceMlp mlp, double[] x, double[] c) {
    double[] a = mlp.forward(x, BATCH);
    double sum = 0;
    for (int i = 0; i < c.length; i++) {
      sum += c[i] * a[i];
    }
    return sum;
  }

  private void assertClose(double[] found, double[] expected) {
    double squaredError = 0;
    double squaredNorm = 0;
    for (int i = 0; i < expected.length; i++) {
      squaredError += Math.pow(found[i] - expected[i], 2);
      squaredNorm += Math.pow(expected[i], 2);
    }
    assertThat(Math.sqrt(squaredError / squaredNorm)).isLessThan(tolerance());
  }
}
