package org.latentsweep.execution;

/**
 * A command that runs in spark-submit.
 *
 * @param process which is the driver, too
 */
record Submission(ClusterProcess process) {

  /** Waits for its end, and returns its exit code and what it printed. */
  Cli await() throws InterruptedException {
    int code = process.process().waitFor();
    return new Cli(code, ClusterProcess.text(process.out()), ClusterProcess.text(process.err()));
  }

  /** Kills it as {@code kill -9} does. */
  void kill() {
    process.kill();
  }
}
