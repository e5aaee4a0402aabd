package org.latentsweep.run;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * When samples are drawn from a generator, and how many. All are drawn from one fixed set of
 * latents, of which a snapshot takes the first.
 *
 * @param every steps between snapshots; 0 for none
 * @param perSnapshot samples in a snapshot; 0 exactly where {@code every} is
 * @param atEnd samples drawn after the last step, at least 1
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

  /** The steps at which samples are drawn, ascending; the last is {@code steps} itself. */
  public List<Integer> steps(int steps) {
    List<Integer> at = new ArrayList<>();
    for (int step = every; every > 0 && step < steps; step += every) {
      at.add(step);
    }
    at.add(steps);
    return at;
  }

  /** How many samples are drawn at that step of a run of {@code steps}. */
  public int samplesAt(int step, int steps) {
    return step == steps ? atEnd : perSnapshot;
  }
}
