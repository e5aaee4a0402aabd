package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.network.Activation;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.random.RandomStream;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.run.SampleSet;
import org.latentsweep.target.NoiseLaw;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** How every back end trains a pack. */
class PackTrainingTest {

  private static List<RunResult> train(String backend, RunSpec... runs) {
    List<RunResult> results = new ArrayList<>();
    PackTraining.train(
        new RunPack(List.of(runs)),
        BackendChoice.of(backend),
        CheckpointPolicy.NONE,
        new MemoryCheckpoints(),
        () -> false,
        results::add);
    return results;
  }

  private static float[] points(SampleSet set) {
    float[] points = new float[set.size() * set.dimensions()];
    for (int i = 0; i < set.size(); i++) {
      for (int j = 0; j < set.dimensions(); j++) {
        points[i * set.dimensions() + j] = set.coordinate(i, j);
      }
    }
    return points;
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void aCompletedRunHasAHistorySnapshotsAndAGenerator(String backend) {
    RunResult result = train(backend, SmallRuns.spiral(12, 1)).get(0);
    assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(result.history().size()).isEqualTo(12);
    assertThat(result.samples()).extracting(SampleSet::step).containsExactly(5, 10, 12);
    assertThat(result.samples()).extracting(SampleSet::size).containsExactly(40, 40, 100);
    assertThat(result.generator()).isPresent();
    assertThat(result.backend()).isEqualTo(backend + " (configured)");
    assertThat(result.trainSeconds()).isPositive();
    for (int i = 0; i < 12; i++) {
      assertThat(result.history().dAccuracy(i)).isBetween(0f, 1f);
      assertThat(result.history().gLoss(i)).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void aRunDoesNotDependOnTheOtherRunsOfItsPack(String backend) {
    RunSpec diverging = SmallRuns.spiral(60, 3, 1e20);
    List<RunResult> together =
        train(backend, SmallRuns.spiral(60, 2), diverging, SmallRuns.spiral(60, 4));
    RunResult alone = train(backend, SmallRuns.spiral(60, 4)).get(0);
    RunResult inPack = together.get(2);
    assertThat(inPack.spec()).isEqualTo(alone.spec());
    assertThat(inPack.samples()).hasSameSizeAs(alone.samples());
    for (int i = 0; i < alone.samples().size(); i++) {
      assertThat(points(inPack.samples().get(i))).isEqualTo(points(alone.samples().get(i)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void aRunThatDivergesKeepsItsEarlierStepsAndSamples(String backend) {
    double rate = backend.equals("cpu") ? 1e20 : 1e200; // overflows its precision
    RunResult result = train(backend, SmallRuns.spiral(2_000, 3, rate)).get(0);
    assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
    int at = result.divergedAt().getAsInt();
    assertThat(result.history().size()).isEqualTo(at);
    assertThat(result.generator()).isEmpty();
    assertThat(result.message()).isEmpty();
    assertThat(result.samples()).allSatisfy(set -> assertThat(set.step()).isLessThan(at));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void aRunThatThrowsFailsWithItsMessageAndTheOthersContinue(String backend) {
    List<RunResult> results = train(backend, SmallRuns.throwing(2));
    assertThat(results)
        .extracting(RunResult::outcome)
        .contains(Outcome.COMPLETED, Outcome.FAILED)
        .hasSize(12);
    assertThat(results)
        .filteredOn(result -> result.outcome() == Outcome.FAILED)
        .allSatisfy(
            result ->
                assertThat(result.message())
                    .hasValue(
                        "java.lang.IllegalStateException: Cannot sample: this target throws"));
  }

  static Stream<Activation> activations() {
    return Stream.of(Activation.RELU, Activation.leakyRelu(0.1), Activation.TANH);
  }

  private static RunSpec withActivation(Activation activation) {
    return SmallRuns.run(
        "gaussian",
        new NoiseLaw.Normal(),
        4,
        activation,
        Activation.TANH,
        Loss.LEAST_SQUARES,
        1e-2,
        12,
        32,
        8);
  }

  private static byte[] archive(RunResult result) {
    return result.generator().orElseThrow().bytes();
  }

  private static MultiLayerNetwork network(byte[] archive) throws IOException {
    return ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(archive));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void theArchiveHasTheEntriesThatDl4jWrites(Activation activation) throws IOException {
    byte[] archive = archive(train("cpu", withActivation(activation)).get(0));
    assertThat(entries(archive)).isEqualTo(entries(written(network(archive))));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void theArchivedGeneratorGivesTheSamplesOfTheRun(Activation activation) throws IOException {
    RunSpec run = withActivation(activation);
    RunResult result = train("cpu", run).get(0);
    float[] latents = new float[100 * 4];
    run.noise().fill(RandomStream.EVALUATION_NOISE.at(run.seed(), 0), 4, latents);
    INDArray out = network(archive(result)).output(Nd4j.createFromArray(latents).reshape(100, 4));
    float[] expected = points(result.samples().get(2));
    float[] found = out.ravel().toFloatVector();
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  private static byte[] written(MultiLayerNetwork network) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, out, false);
    return out.toByteArray();
  }

  private static Map<String, String> entries(byte[] archive) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), HexFormat.of().formatHex(zip.readAllBytes()));
      }
    }
    return entries;
  }

  /** The local time, which zip entries contain, differs by nine hours between the two zones. */
  @Test
  void theArchiveDoesNotDependOnTheTime() {
    assertThat(archiveIn(TimeZone.getTimeZone("Asia/Tokyo")))
        .isEqualTo(archiveIn(TimeZone.getTimeZone("UTC")));
  }

  private static byte[] archiveIn(TimeZone zone) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(zone);
    try {
      return archive(train("cpu", SmallRuns.spiral(12, 1)).get(0));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void cancellingStopsTheTraining() {
    int[] polls = {0};
    assertThatThrownBy(
            () ->
                PackTraining.train(
                    new RunPack(List.of(SmallRuns.spiral(1_000_000, 1))),
                    BackendChoice.of("cpu"),
                    CheckpointPolicy.NONE,
                    new MemoryCheckpoints(),
                    () -> polls[0]++ == 3,
                    result -> {
                      throw new AssertionError("a cancelled run has no result");
                    }))
        .isInstanceOf(CancellationException.class)
        .hasMessage("Cannot finish the pack: it was cancelled");
  }

  @Test
  void theMessageForAnUnknownBackEndListsThoseThereAre() {
    assertThatThrownBy(() -> BackendChoice.of("tpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot find back end 'tpu'; there are auto, cpu, reference");
  }

  @Test
  void autoIsTheCpuBackEndWhereThereIsNoGpuBackEnd() {
    assertThat(BackendChoice.of("auto").description()).isEqualTo("cpu (auto)");
  }

  private static RunSpec sized(int k, int width, int samples) {
    RunSpec small = SmallRuns.spiral(2, 1);
    return new RunSpec(
        small.target(),
        small.noise(),
        k,
        new MlpSpec(List.of(width, width), Activation.RELU, Activation.LINEAR),
        small.discriminator(),
        small.loss(),
        small.generatorOptimiser(),
        small.discriminatorOptimiser(),
        small.steps(),
        small.batch(),
        new SampleSchedule(0, 0, samples),
        1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void aRunThatNeedsMoreMemoryThanThereIsFails(String backend) {
    for (RunSpec tooLarge : List.of(sized(2, 40_000, 100), sized(1, 4, 2_000_000_000))) {
      RunResult result = train(backend, tooLarge).get(0);
      assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(result.message().orElseThrow()).startsWith("Cannot train: out of memory (");
    }
  }

  @Test
  void aProductOfSizesThatOverflowsFailsTheRun() {
    RunResult result = train("cpu", sized(65_536, 4, 66_536)).get(0);
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.message()).hasValue("java.lang.ArithmeticException: integer overflow");
  }
}
