package org.latentsweep.run;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * When samples are drawn from a generator, and how many. All are drawn from one fixed sequence of
 * latents; a snapshot uses as many from its start as it has samples.
 *
 * @param every the number of steps between snapshots; 0 for no snapshots
 * @param perSnapshot the number of samples in a snapshot; 0 if and only if {@code every} is 0
 * @param atEnd the number of samples drawn after the last step, at least 1
 */
public record SampleSchedule(int every, int perSnapshot, int atEnd) implements Serializable {

  /** Checks the ranges. */
  public SampleSchedule {
    if (every < 0 || perSnapshot < 0 || (every == 0) != (perSnapshot == 0)) {
      throw new IllegalArgumentException(
          "Cannot make a schedule: snapshots need every >= 1 and samples >= 1, or neither, found"
              + " every = "
              + every
              + ", samples = "
              + perSnapshot);
    }
    if (atEnd < 1) {
      throw new IllegalArgumentException(
          "Cannot make a schedule: samples must be >= 1, found " + atEnd);
    }
  }

  /** Returns the steps after which samples are drawn, ascending; {@code steps} is the last. */
  public List<Integer> steps(int steps) {
    List<Integer> at = new ArrayList<>();
    for (long step = every; every > 0 && step < steps; step += every) {
      at.add((int) step);
    }
    at.add(steps);
    return at;
  }

  /** Returns how many samples are drawn after that step of a run of {@code steps}. */
  public int samplesAt(int step, int steps) {
    return step == steps ? atEnd : perSnapshot;
  }
}
