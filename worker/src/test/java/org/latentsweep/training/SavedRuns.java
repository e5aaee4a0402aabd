package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.latentsweep.run.History;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSet;

/** Trains runs with checkpoints, for tests that compare them with runs that were never stopped. */
final class SavedRuns {
  /** The steps of {@link #RUN}, which has a snapshot every 5. */
  static final int STEPS = 23;

  static final RunSpec RUN = SmallRuns.spiral(STEPS, 1);
  static final BackendChoice VECTORS = choice(new CpuBackend(CpuKernel.vectors()));
  static final BackendChoice OPENBLAS = choice(new CpuBackend(CpuKernel.OPENBLAS));
  static final BackendChoice REFERENCE = choice(new ReferenceBackend());

  private SavedRuns() {}

  static BackendChoice choice(Backend backend) {
    return new BackendChoice(backend, backend.name() + " (test)");
  }

  static List<RunResult> train(
      BackendChoice choice,
      CheckpointPolicy policy,
      CheckpointStore store,
      BooleanSupplier cancelled,
      RunSpec... runs) {
    List<RunResult> results = new ArrayList<>();
    PackTraining.train(new RunPack(List.of(runs)), choice, policy, store, cancelled, results::add);
    return results;
  }

  /** Trains without checkpoints. */
  static List<RunResult> trainWithoutCheckpoints(BackendChoice choice, RunSpec... runs) {
    MemoryCheckpoints store = new MemoryCheckpoints();
    List<RunResult> results = train(choice, CheckpointPolicy.NONE, store, () -> false, runs);
    assertThat(store.written).isEmpty();
    return results;
  }

  /** Returns a run's checkpoints after each of its steps except the last. */
  static List<byte[]> checkpoints(BackendChoice choice, RunSpec run) throws IOException {
    MemoryCheckpoints store = new MemoryCheckpoints();
    train(choice, CheckpointPolicy.everySteps(1), store, () -> false, run);
    assertThat(store.steps()).hasSize(run.steps() - 1).startsWith(1, 2).endsWith(run.steps() - 1);
    return store.written;
  }

  /** Trains a run from a checkpoint, with a policy under which no new one becomes due. */
  static RunResult resume(BackendChoice choice, RunSpec run, byte[] checkpoint) {
    MemoryCheckpoints store = MemoryCheckpoints.of(run.id(), checkpoint);
    return train(choice, CheckpointPolicy.everySteps(1_000), store, () -> false, run).get(0);
  }

  static byte[] state(PackTrainer trainer) throws IOException {
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    trainer.save(0, new DataOutputStream(state));
    return state.toByteArray();
  }

  static void load(PackTrainer trainer, byte[] state) throws IOException {
    trainer.load(0, new DataInputStream(new ByteArrayInputStream(state)));
  }

  static void assertSameBits(RunResult found, RunResult expected) {
    assertThat(found.outcome()).isEqualTo(expected.outcome());
    assertThat(found.message()).isEqualTo(expected.message());
    assertThat(found.divergedAt()).isEqualTo(expected.divergedAt());
    assertThat(bits(found.history())).isEqualTo(bits(expected.history()));
    assertThat(found.samples())
        .extracting(SampleSet::step)
        .isEqualTo(expected.samples().stream().map(SampleSet::step).toList());
    for (int i = 0; i < expected.samples().size(); i++) {
      assertThat(bits(found.samples().get(i).points()))
          .isEqualTo(bits(expected.samples().get(i).points()));
    }
  }

  static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  static byte[] bits(History history) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      history.save(new DataOutputStream(out));
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
