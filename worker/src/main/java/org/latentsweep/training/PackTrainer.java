package org.latentsweep.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.latentsweep.run.History;

/**
 * A pack of runs in training. Runs are addressed by their place in the pack. A run that diverges or
 * fails stops there, and the others go on. Used by one thread.
 */
public interface PackTrainer extends AutoCloseable {

  /** What the program runs on, such as the processor's name. */
  String device();

  /** Does that many more steps of every run that still goes on; never more in all than it has. */
  void advance(int steps);

  /** The history so far. */
  History history(int run);

  /** The step in which a loss or a parameter became non-finite; empty while all are finite. */
  OptionalInt divergedAt(int run);

  /** What failed the run, as the exception tells it; empty while nothing did. */
  Optional<String> failure(int run);

  /** Seconds spent in the run's steps so far. */
  double trainSeconds(int run);

  /**
   * Maps latents through a run's generator.
   *
   * @param latents row-major [n, k]
   * @return points, row-major [n, d]
   */
  float[] sample(int run, float[] latents);

  /** The generator's parameters, layer by layer: weights [in, out] row-major, then biases. */
  float[] generatorParameters(int run);

  /** The discriminator's parameters, in the same order. */
  float[] discriminatorParameters(int run);

  /**
   * Writes the state of a run after the steps done so far: all that the next steps depend on, and
   * all that this interface tells of it.
   */
  void save(int run, DataOutput out) throws IOException;

  /**
   * Takes over the state that {@link #save} wrote of the same run on the same kind of device, so
   * that it goes on as it would have gone on there, with the same bits. Called before the first
   * step. All runs of a program must be given the state after one same step; where one cannot be,
   * the trainer is of no use any more.
   *
   * @throws IOException if it cannot be read, or is no such state
   */
  void load(int run, DataInput in) throws IOException;

  @Override
  void close();
}
