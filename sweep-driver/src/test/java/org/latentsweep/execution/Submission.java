package org.latentsweep.execution;

/**
 * A command that runs in spark-submit.
 *
 * @param process the process, which is also the driver
 */
record Submission(ClusterProcess process) {

  /** Waits for the end, and returns the exit code and the output. */
  Cli await() throws InterruptedException {
    int code = process.process().waitFor();
    return new Cli(code, ClusterProcess.text(process.out()), ClusterProcess.text(process.err()));
  }

  /** Kills the process as {@code kill -9} does. */
  void kill() {
    process.kill();
  }
}
