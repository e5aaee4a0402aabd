package org.latentsweep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latentsweep.bench.CpuBench;
import org.latentsweep.bench.Family;
import org.latentsweep.engine.EnvironmentException;
import org.latentsweep.sweep.RequestException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "cpu",
    description = {
      "Measures training on one thread of the processor: this product with vector instructions"
          + " and with OpenBLAS, and PyTorch and LibTorch if they are available. Each has its own"
          + " process, and they take turns.",
      "For each, the median over the rounds: ms_per_step with the best and the worst, the gflops"
          + " of its matrix products, their share of_peak (the multiply-adds of one core, measured"
          + " just before), and the speedup of this product over it. For the first family also: two"
          + " runs at the same time over one alone, samples, and JVMs started afresh."
    })
final class BenchCpuCommand implements Runnable {
  @Mixin private TableOutput output;

  @Option(
      names = "--families",
      paramLabel = "FAMILY",
      split = ",",
      defaultValue = "a,b,c",
      description = "families of networks: a (latent dimensions), b (quantiles), c (mappings)")
  private List<String> families;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "rounds in which each program has its turn; default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1",
      description = "approximate time of a turn; default: ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--jvms",
      paramLabel = "N",
      defaultValue = "10",
      description = "JVMs to start afresh, 0 for none; default: ${DEFAULT-VALUE}")
  private int jvms;

  @Option(
      names = "--python",
      paramLabel = "PATH",
      defaultValue = "python3",
      description = "Python whose PyTorch is measured, if it has one; default: ${DEFAULT-VALUE}")
  private String python;

  @Option(
      names = "--libtorch",
      description = "measures LibTorch from Java, which Maven fetches first")
  private boolean libTorch;

  @Option(names = "--avx2", description = "limits all programs to the vectors of AVX2")
  private boolean avx2;

  @Override
  public void run() {
    CpuBench.Options options = options();
    try {
      output.printMeasures(CpuBench.measure(options, output.err()::println));
    } catch (IOException e) {
      throw new EnvironmentException(e.getMessage(), e);
    }
  }

  private CpuBench.Options options() {
    String home = System.getProperty(BenchCommand.HOME);
    List<String> problems = new ArrayList<>();
    families.stream()
        .filter(name -> family(name).isEmpty())
        .forEach(name -> problems.add("--families must be among a, b, c, found " + name));
    require(problems, rounds >= 1, "--rounds must be >= 1, found " + rounds);
    require(problems, seconds > 0, "--seconds must be > 0, found " + seconds);
    require(problems, jvms >= 0, "--jvms must be >= 0, found " + jvms);
    require(
        problems,
        !libTorch || home != null,
        "--libtorch needs the Maven of a checkout: start this command by its ./latentsweep");
    if (!problems.isEmpty()) {
      throw new RequestException("Cannot measure: " + String.join("; ", problems));
    }
    return new CpuBench.Options(
        families.stream().flatMap(name -> family(name).stream()).distinct().toList(),
        rounds,
        seconds,
        jvms,
        python,
        Optional.ofNullable(libTorch ? Path.of(home) : null),
        avx2);
  }

  private static void require(List<String> problems, boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  private static Optional<Family> family(String name) {
    return Stream.of(Family.values())
        .filter(family -> family.toString().equalsIgnoreCase(name))
        .findFirst();
  }
}
