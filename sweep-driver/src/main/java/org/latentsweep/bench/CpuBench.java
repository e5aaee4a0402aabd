package org.latentsweep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How fast this product trains on one thread of a processor, beside others that do the same: each a
 * process of its own that waits while the others run.
 */
public final class CpuBench {
  private static final int POINTS = 100_000; // that a sweep draws from a finished generator

  private final Options options;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * What to measure, and how long.
   *
   * @param families to train, at least one; what goes beyond the comparison is of the first
   * @param rounds in which every program has its turn, at least 1
   * @param seconds of a turn, about; above 0
   * @param jvms to start afresh; 0 leaves that out
   * @param python whose PyTorch is measured, if it has one
   * @param checkout that can fetch LibTorch, if that is wanted
   * @param avx2 whether all are to do without wider vectors than AVX2's
   */
  public record Options(
      List<Family> families,
      int rounds,
      double seconds,
      int jvms,
      String python,
      Optional<Path> checkout,
      boolean avx2) {

    /** Copies the list. */
    public Options {
      families = List.copyOf(families);
    }
  }

  private CpuBench(Options options, Path folder, Consumer<String> progress) {
    this.options = options;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param progress told what is going on
   * @throws IOException if a program cannot be had, ends early or answers nonsense
   */
  public static List<Measure> measure(Options options, Consumer<String> progress)
      throws IOException {
    Path folder = Files.createTempDirectory("latentsweep-bench");
    try {
      return new CpuBench(options, folder, progress).measure();
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private List<Measure> measure() throws IOException {
    List<MeasuredProgram> programs = programs();
    List<Measure> measures = new ArrayList<>();
    for (Family family : options.families()) {
      measures.addAll(sideBySide(family, programs));
    }
    Family first = options.families().get(0);
    measures.addAll(manyRuns(first, programs.get(0)));
    if (options.jvms() > 0) {
      measures.addAll(
          FreshJvms.measure(programs.get(0), first, options.jvms(), options.seconds(), progress));
    }
    return measures;
  }

  private List<MeasuredProgram> programs() throws IOException {
    List<MeasuredProgram> programs = new ArrayList<>();
    programs.add(MeasuredProgram.latentsweep(true, options.avx2(), folder));
    programs.add(MeasuredProgram.latentsweep(false, options.avx2(), folder));
    if (options.checkout().isPresent()) {
      progress.accept("fetching LibTorch");
      programs.add(MeasuredProgram.libTorch(options.checkout().get(), options.avx2(), folder));
    }
    if (MeasuredProgram.hasTorch(options.python())) {
      programs.add(MeasuredProgram.pyTorch(options.python(), options.avx2(), folder));
    } else {
      progress.accept("without PyTorch: " + options.python() + " cannot import torch");
    }
    return programs;
  }

  private List<Measure> sideBySide(Family family, List<MeasuredProgram> programs)
      throws IOException {
    List<Peer> peers = new ArrayList<>();
    try {
      for (MeasuredProgram program : programs) {
        peers.add(program.start(family));
      }
      return SideBySide.measure(family, peers, options.rounds(), options.seconds(), progress);
    } finally {
      peers.forEach(Peer::close);
    }
  }

  /** Two runs at once, beside one alone; and drawing the samples of a finished one. */
  private List<Measure> manyRuns(Family family, MeasuredProgram program) throws IOException {
    int rounds = options.rounds();
    double[] alone = new double[rounds];
    double[] pair = new double[rounds];
    double[] sample = new double[rounds];
    try (Peer peer = program.start(family)) {
      progress.accept("family " + family + ": two runs at once, and samples");
      int steps = peer.stepsIn(options.seconds());
      for (int round = 0; round < rounds; round++) {
        alone[round] = peer.seconds(Integer.toString(steps));
        pair[round] = peer.seconds("pair " + steps);
        sample[round] = peer.seconds("sample " + POINTS);
      }
      String name = peer.name();
      return List.of(
          Measure.most(family, name, "two_runs_over_one", rounds, r -> 2 * alone[r] / pair[r]),
          Measure.least(family, name, "seconds_per_100000_samples", rounds, r -> sample[r]));
    }
  }
}
