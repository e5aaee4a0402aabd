package org.latentsweep.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.latentsweep.run.History;

/**
 * A pack of runs in training. A run is identified by its index in the pack. A run that diverges or
 * fails stops, and the others continue. Used by one thread.
 */
public interface PackTrainer extends AutoCloseable {

  /** Returns what the program runs on, such as the processor's name. */
  String device();

  /**
   * Does that many more steps of every run that has not stopped. In total they must not exceed the
   * steps that the runs have.
   */
  void advance(int steps);

  /** Returns the losses and accuracies so far. */
  History history(int run);

  /** Returns the step in which a loss or a parameter became non-finite; empty if none did. */
  OptionalInt divergedAt(int run);

  /** Returns the exception that made the run fail, as text; empty if none did. */
  Optional<String> failure(int run);

  /** Returns the seconds spent in the run's steps so far. */
  double trainSeconds(int run);

  /**
   * Maps latents to points with a run's generator.
   *
   * @param latents the latents, row-major [n, k]
   * @return the points, row-major [n, d]
   */
  float[] sample(int run, float[] latents);

  /**
   * Returns the generator's parameters, layer by layer: weights [in, out] row-major, then biases.
   */
  float[] generatorParameters(int run);

  /** Returns the discriminator's parameters, in the same order. */
  float[] discriminatorParameters(int run);

  /**
   * Writes the state of a run after the steps done so far: all that the next steps and the methods
   * of this interface depend on.
   */
  void save(int run, DataOutput out) throws IOException;

  /**
   * Loads the state that {@link #save} wrote of the same run on the same kind of device. The run
   * then continues with the same bits as the one that was saved. Called before the first step, for
   * all runs of the program, with their states after the same step. If it fails for one of them,
   * the trainer must not be used any more.
   *
   * @throws IOException if the state cannot be read, or is that of another kind of run
   */
  void load(int run, DataInput in) throws IOException;

  @Override
  void close();
}
