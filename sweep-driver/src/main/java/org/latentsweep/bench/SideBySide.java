package org.latentsweep.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.latentsweep.sweep.Flops;

/**
 * Programs that take turns at training one family: in every round each does a chunk of steps, right
 * after the processor's peak was measured, so that what the machine is doing besides and how it
 * clocks its cores meet all of them alike. The first is this product, and measures the peak.
 */
final class SideBySide {
  private final Family family;
  private final List<Timing> timings = new ArrayList<>();

  /** One program's chunks. */
  private static final class Timing {
    final Peer peer;
    final int steps; // in a chunk
    final double[] stepSeconds; // by round
    final double[] peak; // FLOP/s, by round

    Timing(Peer peer, int steps, int rounds) {
      this.peer = peer;
      this.steps = steps;
      stepSeconds = new double[rounds];
      peak = new double[rounds];
    }
  }

  private SideBySide(Family family) {
    this.family = family;
  }

  /**
   * Measures them.
   *
   * @param peers warm or not
   * @param seconds of a chunk
   * @param progress told of every round
   */
  static List<Measure> measure(
      Family family, List<Peer> peers, int rounds, double seconds, Consumer<String> progress)
      throws IOException {
    SideBySide all = new SideBySide(family);
    progress.accept("family " + family + " on " + peers.get(0).ask("device"));
    peers.get(0).ask("peak"); // compiles its loop
    for (Peer peer : peers) {
      progress.accept("family " + family + ": warming up " + peer.name());
      all.timings.add(new Timing(peer, peer.stepsIn(seconds), rounds));
    }
    for (int round = 0; round < rounds; round++) {
      progress.accept("family " + family + ": round " + (round + 1) + " of " + rounds);
      all.time(round);
    }
    return all.measures();
  }

  private void time(int round) throws IOException {
    for (Timing timing : timings) {
      timing.peak[round] = timings.get(0).peer.number("peak");
      timing.stepSeconds[round] = timing.peer.stepSeconds(timing.steps);
    }
  }

  private List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    double flops = Flops.perStep(family.run());
    double[] own = timings.get(0).stepSeconds;
    for (Timing timing : timings) {
      String program = timing.peer.name();
      double[] s = timing.stepSeconds;
      double[] peak = timing.peak;
      int n = s.length;
      measures.add(Measure.least(family, program, "ms_per_step", n, r -> s[r] * 1e3));
      measures.add(Measure.most(family, program, "steps_per_second", n, r -> 1 / s[r]));
      measures.add(Measure.most(family, program, "gflops", n, r -> flops / s[r] / 1e9));
      measures.add(Measure.most(family, program, "of_peak", n, r -> flops / s[r] / peak[r]));
      measures.add(Measure.most(family, program, "speedup", n, r -> s[r] / own[r]));
    }
    Timing first = timings.get(0);
    measures.add(
        Measure.most(
            family, first.peer.name(), "peak_gflops", own.length, r -> first.peak[r] / 1e9));
    return measures;
  }
}
