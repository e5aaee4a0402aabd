package org.latentsweep.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.latentsweep.run.History;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;

/** Trains the runs of a pack one after the other, on the caller's thread. */
final class SequentialPackTrainer implements PackTrainer {
  private final String device;
  private final List<Slot> slots;

  SequentialPackTrainer(RunPack pack, String device, Function<RunSpec, GanTrainer> trainer) {
    this.device = device;
    slots = pack.runs().stream().map(run -> new Slot(run, trainer)).toList();
  }

  @Override
  public String device() {
    return device;
  }

  @Override
  public void advance(int steps) {
    slots.forEach(slot -> slot.advance(steps));
  }

  @Override
  public History history(int run) {
    Slot slot = slots.get(run);
    return slot.trainer == null ? new History(0) : slot.trainer.history();
  }

  @Override
  public OptionalInt divergedAt(int run) {
    return slots.get(run).divergedAt;
  }

  @Override
  public Optional<String> failure(int run) {
    return Optional.ofNullable(slots.get(run).failure);
  }

  @Override
  public double trainSeconds(int run) {
    return slots.get(run).nanos / 1e9;
  }

  @Override
  public float[] sample(int run, float[] latents) {
    Slot slot = slots.get(run);
    return slot.trainer.sample(latents, slot.spec.latentDimension());
  }

  @Override
  public float[] generatorParameters(int run) {
    return slots.get(run).trainer.generator().parameters();
  }

  @Override
  public float[] discriminatorParameters(int run) {
    return slots.get(run).trainer.discriminator().parameters();
  }

  @Override
  public void save(int run, DataOutput out) throws IOException {
    slots.get(run).save(out);
  }

  @Override
  public void load(int run, DataInput in) throws IOException {
    slots.get(run).load(in);
  }

  @Override
  public void close() {
    slots.forEach(Slot::close);
  }

  /**
   * One run of the pack. It fails, without an effect on the others, if a user's target throws or
   * the memory is too small.
   */
  private static final class Slot {
    private final RunSpec spec;
    private GanTrainer trainer; // null if creating it failed
    private int step;
    private long nanos;
    private OptionalInt divergedAt = OptionalInt.empty();
    private String failure;

    Slot(RunSpec spec, Function<RunSpec, GanTrainer> make) {
      this.spec = spec;
      try {
        trainer = make.apply(spec);
      } catch (RuntimeException | LinkageError | AssertionError | OutOfMemoryError e) {
        failure = OpenRun.failure(e);
      }
    }

    void advance(int steps) {
      long start = System.nanoTime();
      try {
        for (int i = 0; i < steps && failure == null && divergedAt.isEmpty(); i++) {
          step++;
          if (!trainer.step(step)) {
            divergedAt = OptionalInt.of(step);
          }
        }
      } catch (RuntimeException | LinkageError | AssertionError | OutOfMemoryError e) {
        failure = OpenRun.failure(e);
      }
      nanos += System.nanoTime() - start;
    }

    void save(DataOutput out) throws IOException {
      out.writeInt(step);
      out.writeLong(nanos);
      out.writeInt(divergedAt.orElse(0));
      out.writeBoolean(failure != null);
      if (failure != null) {
        out.writeUTF(failure);
      }
      out.writeBoolean(trainer != null);
      if (trainer != null) {
        trainer.save(out);
      }
    }

    void load(DataInput in) throws IOException {
      step = in.readInt();
      nanos = in.readLong();
      int diverged = in.readInt();
      divergedAt = diverged == 0 ? OptionalInt.empty() : OptionalInt.of(diverged);
      failure = in.readBoolean() ? in.readUTF() : null;
      if (in.readBoolean() != (trainer != null)) {
        throw new IOException("its networks could be made then or now, not both");
      }
      if (trainer != null) {
        trainer.load(in);
      }
    }

    void close() {
      if (trainer != null) {
        trainer.close();
      }
    }
  }
}
