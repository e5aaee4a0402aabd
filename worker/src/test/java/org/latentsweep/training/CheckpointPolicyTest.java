package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latentsweep.training.SavedRuns.RUN;
import static org.latentsweep.training.SavedRuns.STEPS;
import static org.latentsweep.training.SavedRuns.VECTORS;
import static org.latentsweep.training.SavedRuns.checkpoints;
import static org.latentsweep.training.SavedRuns.train;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;

/** When checkpoints are written. */
class CheckpointPolicyTest {
  private final MemoryCheckpoints store = new MemoryCheckpoints();

  @Test
  void withoutCheckpointsNoneIsWritten() throws IOException {
    store.last.put(RUN.id(), checkpoints(VECTORS, RUN).get(9));
    assertThatThrownBy(() -> train(VECTORS, CheckpointPolicy.NONE, store, () -> true, RUN))
        .isInstanceOf(CancellationException.class);
    train(VECTORS, CheckpointPolicy.NONE, store, () -> false, RUN);
    assertThat(store.written).isEmpty();
  }

  @Test
  void withoutCheckpointsNoneIsRead() throws IOException {
    store.last.put(RUN.id(), checkpoints(VECTORS, RUN).get(9));
    Instant before = Instant.now();
    RunResult result = train(VECTORS, CheckpointPolicy.NONE, store, () -> false, RUN).get(0);
    assertThat(result.startedAt()).isAfterOrEqualTo(before);
  }

  @Test
  void aNumberOfStepsIsTheDistanceOfCheckpoints() throws IOException {
    train(VECTORS, CheckpointPolicy.everySteps(7), store, () -> false, RUN);
    assertThat(store.steps()).containsExactly(7, 14, 21);
  }

  @Test
  void thereIsNoCheckpointAfterTheLastStep() throws IOException {
    train(VECTORS, CheckpointPolicy.everySteps(STEPS), store, () -> false, RUN);
    assertThat(store.steps()).isEmpty();
  }

  @Test
  void aTimeIsCheckedAtEachPoll() throws IOException {
    AtomicLong nanos = new AtomicLong(-17);
    PackTraining.train(
        new RunPack(List.of(SmallRuns.spiral(40, 2))),
        VECTORS,
        CheckpointPolicy.every(Duration.ofSeconds(50)),
        store,
        nanos::get,
        () -> {
          nanos.addAndGet(Duration.ofSeconds(20).toNanos()); // at each poll, here 5 steps apart
          return false;
        },
        result -> {});
    assertThat(store.steps()).containsExactly(15, 30);
  }

  @Test
  void aProgramIsNotSavedAfterAllItsRunsHaveStopped() throws IOException {
    RunSpec diverging = SmallRuns.spiral(2_000, 3, 1e20);
    RunResult result =
        train(VECTORS, CheckpointPolicy.everySteps(1), store, () -> false, diverging).get(0);
    assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
    assertThat(store.steps()).allMatch(step -> step < result.divergedAt().getAsInt());
    assertThat(result.history().size()).isEqualTo(result.divergedAt().getAsInt());
  }

  @Test
  void noneIsOff() {
    assertThat(CheckpointPolicy.NONE.isOn()).isFalse();
  }

  @Test
  void zeroStepsAreNone() {
    assertThat(CheckpointPolicy.everySteps(0)).isEqualTo(CheckpointPolicy.NONE);
  }

  @Test
  void aNegativeNumberOfStepsIsRejected() {
    assertThatThrownBy(() -> CheckpointPolicy.everySteps(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot keep checkpoints: ");
  }

  @Test
  void stepsAndTimeTogetherAreRejected() {
    assertThatThrownBy(() -> new CheckpointPolicy(1, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot keep checkpoints: ");
  }
}
