package org.latentsweep.execution;

import java.io.IOException;
import java.util.function.Consumer;

/** Work that is done again and again, and may fail. Of failures in a row only the first is told. */
final class RepeatedStep {
  private final Work work;
  private final Consumer<String> warn;
  private volatile boolean warned;

  /** The work of one repetition. */
  interface Work {
    /** Returns whether there was something to do. */
    boolean run() throws IOException;
  }

  /**
   * Creates a step.
   *
   * @param warn receives the reason of the first failure, and of the first after each success
   */
  RepeatedStep(Work work, Consumer<String> warn) {
    this.work = work;
    this.warn = warn;
  }

  /** Does the work once. */
  void attempt() {
    try {
      if (work.run()) {
        warned = false;
      }
    } catch (IOException | RuntimeException e) {
      if (!warned) {
        warned = true;
        warn.accept(ErrorTranslation.reason(e));
      }
    }
  }
}
