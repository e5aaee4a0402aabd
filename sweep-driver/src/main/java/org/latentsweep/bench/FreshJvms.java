package org.latentsweep.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures how JVMs differ: the speed of the first steps, while code is still being compiled, and
 * the speed of the steady state that the compiler reaches.
 */
final class FreshJvms {
  private static final int FIRST_STEPS = 1_000; // as the names of the measures say

  /**
   * Measurements of the steady state, whose median counts. Chosen by judgement: the fewest of which
   * one that was disturbed does not count.
   */
  private static final int CHUNKS = 3;

  private FreshJvms() {}

  /**
   * Measures JVMs one after the other.
   *
   * @param seconds approximate time of a chunk of the steady state
   */
  static List<Measure> measure(
      MeasuredProgram program, Family family, int jvms, double seconds, Consumer<String> progress)
      throws IOException {
    double[] first = new double[jvms]; // ms per step
    double[] steady = new double[jvms];
    String name = program.label();
    for (int jvm = 0; jvm < jvms; jvm++) {
      progress.accept("family " + family + ": JVM " + (jvm + 1) + " of " + jvms);
      try (Peer peer = program.start(family)) {
        name = peer.name();
        first[jvm] = peer.stepSeconds(FIRST_STEPS) * 1e3;
        steady[jvm] = steady(family, peer, seconds);
      }
    }
    Measure all = Measure.ofTime(family, name, "jvm_ms_per_step", jvms, j -> steady[j]);
    double spread = (all.worst() - all.best()) / all.best();
    return List.of(
        Measure.ofTime(family, name, "first_1000_ms_per_step", jvms, j -> first[j]),
        Measure.ofTime(family, name, "first_1000_over_steady", jvms, j -> first[j] / steady[j]),
        all,
        new Measure(family, name, "jvm_spread", spread, spread, spread, jvms));
  }

  private static double steady(Family family, Peer peer, double seconds) throws IOException {
    int steps = peer.stepsIn(seconds);
    double[] ms = new double[CHUNKS];
    for (int i = 0; i < CHUNKS; i++) {
      ms[i] = peer.stepSeconds(steps) * 1e3;
    }
    return Measure.ofTime(family, peer.name(), "ms_per_step", CHUNKS, i -> ms[i]).median();
  }
}
