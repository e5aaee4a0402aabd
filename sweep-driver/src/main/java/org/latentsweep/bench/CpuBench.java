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
 * Measures how fast this product and other programs train on one thread of a processor. Each
 * program is a separate process that waits while the others run.
 */
public final class CpuBench {
  private static final int POINTS = 100_000; // samples of a finished generator, by default

  private final Options options;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * What to measure, and for how long.
   *
   * @param families families of networks, at least one; the measurements beyond the comparison use
   *     the first
   * @param rounds number of rounds in which every program has its turn, at least 1
   * @param seconds approximate time of a turn, above 0
   * @param jvms number of JVMs to start afresh; 0 leaves this measurement out
   * @param python command of the Python whose PyTorch is measured, if it has one
   * @param checkout folder of the repository, to measure LibTorch
   * @param avx2 whether the programs must not use wider vectors than those of AVX2
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
   * @param progress receives what is being done
   * @throws IOException if a program cannot be started, ends early or gives an invalid answer
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
    programs.add(MeasuredProgram.latentsweep(true, options.avx2()));
    programs.add(MeasuredProgram.latentsweep(false, options.avx2()));
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

  /** Measures two runs at the same time against one alone, and the time of drawing samples. */
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
          Measure.ofRate(family, name, "two_runs_over_one", rounds, r -> 2 * alone[r] / pair[r]),
          Measure.ofTime(family, name, "seconds_per_100000_samples", rounds, r -> sample[r]));
    }
  }
}
