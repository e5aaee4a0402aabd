package org.latentsweep.cli;

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
  /** Chosen by judgement: the samples are printed, so that this process must hold them. */
  private static final long MAX_COUNT = 10_000_000;

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
    try (Engine engine = engines.get()) {
      output.print(engine.sample(directory, new RunId(run), count, seed));
    }
  }
}
