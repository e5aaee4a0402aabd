package org.latentsweep.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A worker of a {@link StandaloneCluster}, with one core and so one executor at a time.
 *
 * @param process the worker's own
 * @param folder that holds a folder for each executor it started
 * @param isPlain whether its environment is that of the others
 */
record ClusterWorker(ClusterProcess process, Path folder, boolean isPlain) {

  boolean isAlive() {
    return process.process().isAlive();
  }

  /** Kills it as {@code kill -9} does, and its executor with it: the host is gone. */
  void kill() {
    process.kill();
  }

  /** Kills its executor as {@code kill -9} does. */
  void killExecutor() {
    ProcessHandle executor = executor();
    executor.destroyForcibly();
    executor.onExit().join();
  }

  /** Stops its executor where it is until {@link #resumeExecutor}: it neither works nor answers. */
  void suspendExecutor() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets its executor go on. */
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

  /** Waits until it has started an executor. */
  void awaitExecutor() {
    executor();
  }

  private ProcessHandle executor() {
    process.await("executor of a worker", () -> process.process().children().count() == 1);
    return process.process().children().findFirst().orElseThrow();
  }

  /** The working folder of the executor that it started last. */
  Path executorFolder() throws IOException {
    try (Stream<Path> folders = Files.find(folder, 2, (path, about) -> about.isDirectory())) {
      return folders
          .filter(path -> folder.relativize(path).getNameCount() == 2) // application, executor
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }
}
