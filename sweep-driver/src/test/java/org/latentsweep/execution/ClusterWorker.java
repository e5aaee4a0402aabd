package org.latentsweep.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A worker of a {@link StandaloneCluster} with one executor at a time.
 *
 * @param process the process of the worker
 * @param folder folder with a folder for each executor that it has started
 * @param isPlain whether it has the default environment
 */
record ClusterWorker(ClusterProcess process, Path folder, boolean isPlain) {

  boolean isAlive() {
    return process.process().isAlive();
  }

  /** Kills the worker and its executor as {@code kill -9} does, as if the host had failed. */
  void kill() {
    process.kill();
  }

  /** Kills the executor as {@code kill -9} does. */
  void killExecutor() {
    ProcessHandle executor = executor();
    executor.destroyForcibly();
    executor.onExit().join();
  }

  /** Suspends the executor until {@link #resumeExecutor}: it neither works nor answers. */
  void suspendExecutor() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Resumes the executor. */
  void resumeExecutor() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    String pid = Long.toString(executor().pid());
    int code = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("Cannot send " + signal + " to " + pid);
    }
  }

  /** Waits until the worker has started an executor. */
  void awaitExecutor() {
    executor();
  }

  private ProcessHandle executor() {
    process.await("executor of a worker", () -> process.process().children().count() == 1);
    return process.process().children().findFirst().orElseThrow();
  }

  /** Returns the working folder of the executor that was started last. */
  Path executorFolder() throws IOException {
    try (Stream<Path> folders = Files.find(folder, 2, (path, about) -> about.isDirectory())) {
      return folders
          .filter(path -> folder.relativize(path).getNameCount() == 2) // application, executor
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }
}
