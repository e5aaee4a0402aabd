package org.latentsweep.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.latentsweep.sweep.Flops;

/**
 * Measures programs that take turns at training one family. In every round each of them does a
 * chunk of steps, right after the peak of the processor was measured, so that other load and the
 * clock frequency affect all programs alike. The first program is this product, which measures the
 * peak.
 */
final class SideBySide {
  private final Family family;
  private final List<Chunks> programs = new ArrayList<>();

  /** The measured chunks of one program. */
  private static final class Chunks {
    final Peer peer;
    final int steps; // in a chunk
    final double[] stepSeconds; // by round
    final double[] peak; // FLOP/s, by round

    Chunks(Peer peer, int steps, int rounds) {
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
   * Measures the programs.
   *
   * @param peers the programs, which are warmed up first
   * @param seconds approximate time of a chunk
   * @param progress receives a line for every round
   */
  static List<Measure> measure(
      Family family, List<Peer> peers, int rounds, double seconds, Consumer<String> progress)
      throws IOException {
    SideBySide all = new SideBySide(family);
    progress.accept("family " + family + " on " + peers.get(0).ask("device"));
    peers.get(0).ask("peak"); // compiles its loop before it counts
    for (Peer peer : peers) {
      progress.accept("family " + family + ": warming up " + peer.name());
      all.programs.add(new Chunks(peer, peer.stepsIn(seconds), rounds));
    }
    for (int round = 0; round < rounds; round++) {
      progress.accept("family " + family + ": round " + (round + 1) + " of " + rounds);
      all.time(round);
    }
    return all.measures();
  }

  private void time(int round) throws IOException {
    for (Chunks chunks : programs) {
      chunks.peak[round] = programs.get(0).peer.number("peak");
      chunks.stepSeconds[round] = chunks.peer.stepSeconds(chunks.steps);
    }
  }

  private List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    double flops = Flops.perStep(family.run());
    double[] own = programs.get(0).stepSeconds;
    for (Chunks chunks : programs) {
      String program = chunks.peer.name();
      double[] s = chunks.stepSeconds;
      double[] peak = chunks.peak;
      int n = s.length;
      measures.add(Measure.ofTime(family, program, "ms_per_step", n, r -> s[r] * 1e3));
      measures.add(Measure.ofRate(family, program, "steps_per_second", n, r -> 1 / s[r]));
      measures.add(Measure.ofRate(family, program, "gflops", n, r -> flops / s[r] / 1e9));
      measures.add(Measure.ofRate(family, program, "of_peak", n, r -> flops / s[r] / peak[r]));
      measures.add(Measure.ofRate(family, program, "speedup", n, r -> s[r] / own[r]));
    }
    Chunks first = programs.get(0);
    measures.add(
        Measure.ofRate(
            family, first.peer.name(), "peak_gflops", own.length, r -> first.peak[r] / 1e9));
    return measures;
  }
}
