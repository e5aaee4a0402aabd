package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latentsweep.training.SavedRuns.OPENBLAS;
import static org.latentsweep.training.SavedRuns.REFERENCE;
import static org.latentsweep.training.SavedRuns.RUN;
import static org.latentsweep.training.SavedRuns.STEPS;
import static org.latentsweep.training.SavedRuns.VECTORS;
import static org.latentsweep.training.SavedRuns.assertSameBits;
import static org.latentsweep.training.SavedRuns.bits;
import static org.latentsweep.training.SavedRuns.train;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentsweep.network.Activation;
import org.latentsweep.network.Loss;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.target.NoiseLaw;

/** A run that is stopped and continued has the same bits as one that was never stopped. */
class CheckpointTest {
  private static final CheckpointPolicy HOURLY = CheckpointPolicy.every(Duration.ofHours(1));

  private final MemoryCheckpoints store = new MemoryCheckpoints();

  static Stream<BackendChoice> backends() {
    return Stream.of(REFERENCE, OPENBLAS, VECTORS);
  }

  static Stream<Arguments> backendsAndRuns() {
    return backends().flatMap(choice -> runs().map(run -> Arguments.of(choice, run)));
  }

  static Stream<RunSpec> runs() {
    return Stream.of(Activation.RELU, Activation.leakyRelu(0.01), Activation.TANH)
        .flatMap(
            activation ->
                Stream.of(Loss.values())
                    .map(
                        loss ->
                            SmallRuns.run(
                                "eight-gaussians",
                                new NoiseLaw.NormalOneHot(8),
                                10,
                                activation,
                                loss == Loss.HINGE ? Activation.TANH : Activation.LINEAR,
                                loss,
                                1e-3,
                                STEPS,
                                38, // half of it is odd
                                4)));
  }

  @ParameterizedTest
  @MethodSource("backendsAndRuns")
  void aTrainerContinuesWithTheSameBits(BackendChoice choice, RunSpec run) throws IOException {
    RunPack pack = new RunPack(List.of(run));
    float[] latents = new float[run.latentDimension() * 50];
    Arrays.fill(latents, 0.5f);
    try (PackTrainer whole = choice.backend().start(pack)) {
      List<byte[]> states = new ArrayList<>();
      for (int step = 1; step < STEPS; step++) {
        whole.advance(1);
        states.add(SavedRuns.state(whole));
      }
      whole.advance(1);
      for (int step : new int[] {1, 2, 5, 13, STEPS - 1}) {
        try (PackTrainer rest = choice.backend().start(pack)) {
          SavedRuns.load(rest, states.get(step - 1));
          rest.advance(STEPS - step);
          assertThat(bits(rest.generatorParameters(0)))
              .isEqualTo(bits(whole.generatorParameters(0)));
          assertThat(bits(rest.discriminatorParameters(0)))
              .isEqualTo(bits(whole.discriminatorParameters(0)));
          assertThat(bits(rest.history(0))).isEqualTo(bits(whole.history(0)));
          assertThat(bits(rest.sample(0, latents))).isEqualTo(bits(whole.sample(0, latents)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRunContinuesFromEachOfItsStepsWithTheSameBits(BackendChoice choice) throws IOException {
    RunResult expected = SavedRuns.trainWithoutCheckpoints(choice, RUN).get(0);
    List<byte[]> checkpoints = SavedRuns.checkpoints(choice, RUN);
    Instant before = Instant.now();
    for (byte[] checkpoint : checkpoints) {
      RunResult resumed = SavedRuns.resume(choice, RUN, checkpoint);
      assertThat(resumed.startedAt()).isBefore(before);
      assertSameBits(resumed, expected);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theTimeInTrainingIncludesThatBeforeTheCheckpoint(BackendChoice choice) throws IOException {
    RunPack pack = new RunPack(List.of(RUN));
    try (PackTrainer first = choice.backend().start(pack);
        PackTrainer second = choice.backend().start(pack)) {
      first.advance(5);
      SavedRuns.load(second, SavedRuns.state(first));
      assertThat(second.trainSeconds(0)).isEqualTo(first.trainSeconds(0)).isPositive();
    }
  }

  @Test
  void aKilledRunContinuesFromItsLastCheckpoint() throws IOException {
    RunSpec run = SmallRuns.spiral(200, 3);
    int[] polls = {0};
    assertThatThrownBy(
            () ->
                train(
                    VECTORS,
                    CheckpointPolicy.everySteps(33),
                    store,
                    () -> {
                      if (polls[0]++ == 30) {
                        throw new IllegalStateException("killed");
                      }
                      return false;
                    },
                    run))
        .hasMessage("killed");
    assertThat(store.steps()).isNotEmpty().startsWith(33, 66);
    int killedAfter = store.steps().get(store.steps().size() - 1);

    RunResult resumed =
        train(VECTORS, CheckpointPolicy.everySteps(33), store, () -> false, run).get(0);
    assertSameBits(resumed, SavedRuns.trainWithoutCheckpoints(VECTORS, run).get(0));
    assertThat(store.steps()).contains(killedAfter + 33).doesNotHaveDuplicates();
  }

  /** With a snapshot every 5 steps, the run is polled every 5 steps. */
  private void cancelAfterStep15() {
    int[] polls = {0};
    assertThatThrownBy(() -> train(VECTORS, HOURLY, store, () -> polls[0]++ == 3, RUN))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancelledRunIsSaved() throws IOException {
    cancelAfterStep15();
    assertThat(store.steps()).containsExactly(15);
  }

  @Test
  void aRunThatIsCancelledBeforeItsNextStepIsNotSavedAgain() throws IOException {
    cancelAfterStep15();
    assertThatThrownBy(() -> train(VECTORS, HOURLY, store, () -> true, RUN))
        .isInstanceOf(CancellationException.class);
    assertThat(store.steps()).containsExactly(15);
  }

  @Test
  void aCancelledRunContinuesWithTheSameBits() {
    cancelAfterStep15();
    assertThatThrownBy(() -> train(VECTORS, HOURLY, store, () -> true, RUN))
        .isInstanceOf(CancellationException.class);
    RunResult resumed = train(VECTORS, HOURLY, store, () -> false, RUN).get(0);
    assertSameBits(resumed, SavedRuns.trainWithoutCheckpoints(VECTORS, RUN).get(0));
  }

  @Test
  void aStoreThatFailsDoesNotChangeTheResult() {
    FailingCheckpoints failing = new FailingCheckpoints();
    RunResult result =
        train(VECTORS, CheckpointPolicy.everySteps(7), failing, () -> false, RUN).get(0);
    assertSameBits(result, SavedRuns.trainWithoutCheckpoints(VECTORS, RUN).get(0));
    assertThat(failing.calls).hasSize(1 + STEPS / 7);
  }
}
