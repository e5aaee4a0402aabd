package org.latentsweep.cli;

/** What the process tells its caller. */
final class ExitCode {
  /** Everything asked for is done. */
  static final int DONE = 0;

  /** Some runs of the sweep failed, or were not done as it was cancelled. */
  static final int NOT_ALL_DONE = 1;

  /** The request is wrong. */
  static final int BAD_REQUEST = 2;

  /** The disk, the network, Spark or the program itself failed. */
  static final int ENVIRONMENT_FAILED = 3;

  private ExitCode() {}
}
