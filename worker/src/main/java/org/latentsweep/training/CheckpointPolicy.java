package org.latentsweep.training;

import java.io.Serializable;
import java.time.Duration;

/**
 * How often a run in training is saved: after so many steps, after so much time, or never.
 *
 * @param steps between two checkpoints; 0 where they do not count
 * @param time between two checkpoints; zero where it does not count
 */
public record CheckpointPolicy(int steps, Duration time) implements Serializable {
  /** No checkpoints. */
  public static final CheckpointPolicy NONE = new CheckpointPolicy(0, Duration.ZERO);

  /** Checks the ranges, and that only one of the two counts. */
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

  /** One every so many steps; 0 for none. */
  public static CheckpointPolicy everySteps(int steps) {
    return new CheckpointPolicy(steps, Duration.ZERO);
  }

  /** One every so much time, at the first look after it. */
  public static CheckpointPolicy every(Duration time) {
    return new CheckpointPolicy(0, time);
  }

  /** Whether there are checkpoints at all. */
  public boolean isOn() {
    return steps > 0 || !time.isZero();
  }

  /**
   * Whether it is time for the next one.
   *
   * @param stepsSince steps since the last one
   * @param timeSince time since the last one
   */
  boolean isDue(int stepsSince, Duration timeSince) {
    return steps > 0 ? stepsSince >= steps : isOn() && timeSince.compareTo(time) >= 0;
  }
}
