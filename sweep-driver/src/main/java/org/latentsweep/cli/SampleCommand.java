package org.latentsweep.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.latentsweep.engine.Engine;
import org.latentsweep.run.RunId;
import org.latentsweep.sweep.RequestException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "sample", description = "Draws samples from a finished generator, distributed.")
final class SampleCommand implements Runnable {
  /** The column i is an int. */
  private static final long MAX_COUNT = Integer.MAX_VALUE;

  /** Chosen by judgement: samples that are printed must fit into the memory of this process. */
  private static final long MAX_PRINTED = 100_000;

  private final Supplier<Engine> engines;
  @Mixin private TableOutput output;

  @Parameters(paramLabel = "DIR", description = "output folder of a sweep")
  private String directory;

  @Option(names = "--run", required = true, paramLabel = "ID", description = "the run's id")
  private String run;

  @Option(names = "-n", required = true, paramLabel = "N", description = "number of samples")
  private long count;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "seed of the latents; default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description =
          "new folder for Parquet files with the columns of samples, instead of printing them")
  private Optional<String> into = Optional.empty();

  SampleCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    if (!RunId.isHex(run)) {
      throw new RequestException(
          "Cannot sample: a run id has 16 hexadecimal digits, found '" + run + "'");
    }
    if (count < 1 || count > MAX_COUNT) {
      throw new RequestException(
          "Cannot sample: -n must be in 1.." + MAX_COUNT + ", found " + count);
    }
    if (into.isEmpty() && count > MAX_PRINTED) {
      throw new RequestException(
          String.format(
              Locale.ROOT,
              "Cannot print more than %d samples, found -n %d; --into DIR writes them to Parquet files",
              MAX_PRINTED,
              count));
    }
    try (Engine engine = engines.get()) {
      RunId id = new RunId(run);
      if (into.isPresent()) {
        try (ProgressLine line = output.progress()) {
          engine.sampleInto(directory, id, count, seed, into.get(), line);
        }
      } else {
        output.print(engine.sample(directory, id, count, seed));
      }
    }
  }
}
