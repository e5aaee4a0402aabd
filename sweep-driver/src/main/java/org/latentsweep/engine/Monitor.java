package org.latentsweep.engine;

/** Receives what a command is doing, for the person who waits for it. Any thread may call it. */
public interface Monitor {
  /** Shows how far the work is; called often. */
  void show(Progress progress);

  /** Says something that stays visible. */
  void say(String line);
}
