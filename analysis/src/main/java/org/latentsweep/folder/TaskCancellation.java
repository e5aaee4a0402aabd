package org.latentsweep.folder;

import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/** Lets long tasks of Spark end soon after they are cancelled. */
public final class TaskCancellation {
  private TaskCancellation() {}

  /**
   * Does nothing, unless this thread runs a Spark task that was killed.
   *
   * @param work what the task does, for the message
   * @throws TaskKilledException if the task was killed
   */
  public static void throwIfKilled(String work) {
    if (TaskContext.get() != null && TaskContext.get().isInterrupted()) {
      throw new TaskKilledException(work + " was cancelled");
    }
  }
}
