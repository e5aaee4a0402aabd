package org.latentsweep.engine;

/** The exit codes of the process. */
public final class ExitCode {
  /** Everything that was asked for is done. */
  public static final int DONE = 0;

  /** Some runs of the sweep failed, or were not done because it was cancelled. */
  public static final int NOT_ALL_DONE = 1;

  /** The request is wrong. */
  public static final int BAD_REQUEST = 2;

  /** The disk, the network, Spark or the program itself failed. */
  public static final int ENVIRONMENT_FAILED = 3;

  private ExitCode() {}
}
