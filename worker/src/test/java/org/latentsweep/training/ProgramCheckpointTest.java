package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.training.SavedRuns.RUN;
import static org.latentsweep.training.SavedRuns.STEPS;
import static org.latentsweep.training.SavedRuns.assertSameBits;
import static org.latentsweep.training.SavedRuns.train;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;

/** The checkpoints of several runs that one program trains. */
class ProgramCheckpointTest {
  private static final BackendChoice TOGETHER =
      SavedRuns.choice(new Together(new CpuBackend(CpuKernel.vectors())));

  private final MemoryCheckpoints store = new MemoryCheckpoints();

  /** Trains all runs of a pack in one program. */
  private record Together(Backend one) implements Backend {
    @Override
    public String name() {
      return "together";
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }

    @Override
    public int runsPerProgram() {
      return Integer.MAX_VALUE;
    }

    @Override
    public PackTrainer start(RunPack pack) {
      return one.start(pack);
    }
  }

  /** Packs of which some runs stop early, and a step after which that has happened. */
  static Stream<Arguments> packs() {
    RunSpec[] diverging = {SmallRuns.spiral(60, 2), SmallRuns.spiral(60, 3, 1e20)};
    return Stream.of(
        Arguments.of(Outcome.DIVERGED, diverging, 59),
        Arguments.of(Outcome.FAILED, SmallRuns.throwing(4), 2));
  }

  private List<RunResult> trainWithCheckpoints(int steps, RunSpec... runs) {
    return train(TOGETHER, CheckpointPolicy.everySteps(steps), store, () -> false, runs);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packs")
  void runsThatStoppedAreSavedToo(Outcome stopped, RunSpec[] runs, int step) {
    List<RunResult> results = trainWithCheckpoints(step, runs);
    assertThat(results).extracting(RunResult::outcome).contains(stopped, Outcome.COMPLETED);
    assertThat(store.last).hasSize(runs.length);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packs")
  void allRunsContinueWithTheSameBits(Outcome stopped, RunSpec[] runs, int step) {
    List<RunResult> expected = SavedRuns.trainWithoutCheckpoints(TOGETHER, runs);
    assertThat(expected).extracting(RunResult::outcome).contains(stopped, Outcome.COMPLETED);
    trainWithCheckpoints(step, runs);
    Instant before = Instant.now();
    List<RunResult> resumed = trainWithCheckpoints(step, runs);
    for (int i = 0; i < runs.length; i++) {
      assertThat(resumed.get(i).startedAt()).isBefore(before);
      assertSameBits(resumed.get(i), expected.get(i));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packs")
  void allRunsStartAgainIfOneHasNoCheckpoint(Outcome stopped, RunSpec[] runs, int step) {
    trainWithCheckpoints(step, runs);
    store.last.remove(runs[1].id());
    assertStartAgain(runs);
  }

  @Test
  void allRunsStartAgainIfTheyWereSavedAfterDifferentSteps() throws IOException {
    RunSpec[] runs = {RUN, SmallRuns.spiral(STEPS, 2)};
    trainWithCheckpoints(10, runs);
    assertThat(store.steps()).containsExactly(10, 10, 20, 20);
    store.last.put(RUN.id(), store.written.get(0));
    assertStartAgain(runs);
  }

  private void assertStartAgain(RunSpec... runs) {
    List<RunResult> expected = SavedRuns.trainWithoutCheckpoints(TOGETHER, runs);
    Instant before = Instant.now();
    List<RunResult> results = trainWithCheckpoints(1_000, runs);
    for (int i = 0; i < runs.length; i++) {
      assertThat(results.get(i).startedAt()).isAfterOrEqualTo(before);
      assertSameBits(results.get(i), expected.get(i));
    }
  }
}
