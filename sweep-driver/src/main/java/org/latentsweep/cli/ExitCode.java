package org.latentsweep.cli;

/** What the process tells its caller. */
final class ExitCode {
  /** Everything asked for is done. */
  static final int DONE = 0;

  /** The sweep is done, but some of its runs failed. */
  static final int RUNS_FAILED = 1;

  /** The request is wrong. */
  static final int BAD_REQUEST = 2;

  /** The disk, the network, Spark or the program itself failed. */
  static final int ENVIRONMENT_FAILED = 3;

  private ExitCode() {}
}
