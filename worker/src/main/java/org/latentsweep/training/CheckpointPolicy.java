package org.latentsweep.training;

import java.io.Serializable;
import java.time.Duration;

/**
 * How often a run in training is saved: after a number of steps, after some time, or never.
 *
 * @param steps the number of steps between two checkpoints; 0 if steps do not decide
 * @param time the time between two checkpoints; zero if time does not decide
 */
public record CheckpointPolicy(int steps, Duration time) implements Serializable {
  /** No checkpoints. */
  public static final CheckpointPolicy NONE = new CheckpointPolicy(0, Duration.ZERO);

  /** Checks the ranges, and that only one of the two is given. */
  public CheckpointPolicy {
    if (steps < 0 || time.isNegative()) {
      throw new IllegalArgumentException(
          "Cannot keep checkpoints: they need a number of steps or a time above 0, or 0 for none");
    }
    if (steps > 0 && !time.isZero()) {
      throw new IllegalArgumentException(
          "Cannot keep checkpoints: they go by steps or by time, found both");
    }
  }

  /** Returns a policy of one checkpoint every {@code steps} steps; 0 for none. */
  public static CheckpointPolicy everySteps(int steps) {
    return new CheckpointPolicy(steps, Duration.ZERO);
  }

  /**
   * Returns a policy of one checkpoint every {@code time}, written when the training is next polled
   * after it has passed.
   */
  public static CheckpointPolicy every(Duration time) {
    return new CheckpointPolicy(0, time);
  }

  /** Returns whether there are checkpoints at all. */
  public boolean isOn() {
    return steps > 0 || !time.isZero();
  }

  /**
   * Returns whether the next checkpoint is due.
   *
   * @param stepsSince the steps since the last one
   * @param timeSince the time since the last one
   */
  boolean isDue(int stepsSince, Duration timeSince) {
    return steps > 0 ? stepsSince >= steps : isOn() && timeSince.compareTo(time) >= 0;
  }
}
