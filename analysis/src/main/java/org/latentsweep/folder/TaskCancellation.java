package org.latentsweep.folder;

import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/** Whether the work of a Spark task is still wanted, for tasks that look now and then. */
public final class TaskCancellation {
  private TaskCancellation() {}

  /**
   * Ends the caller's work if it is done in a task that was killed.
   *
   * @param work what is ended
   */
  public static void throwIfKilled(String work) {
    if (TaskContext.get() != null && TaskContext.get().isInterrupted()) {
      throw new TaskKilledException(work + " was cancelled");
    }
  }
}
