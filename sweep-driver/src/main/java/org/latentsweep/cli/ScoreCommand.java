package org.latentsweep.cli;

import java.util.List;
import java.util.function.Supplier;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.target.Targets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "score", description = "Measures points that any program drew against a target.")
final class ScoreCommand implements Runnable {
  private final Supplier<Engine> engines;
  @Mixin private TableOutput output;

  @Option(
      names = "--samples",
      required = true,
      paramLabel = "FILE",
      description = ".parquet or .csv with columns x and, in two dimensions, y")
  private String file;

  @Option(names = "--target", required = true, description = "name of the target")
  private String target;

  @Option(
      names = "--metrics",
      paramLabel = "FAMILY",
      split = ",",
      defaultValue = "kl",
      description = "families of metrics; default: ${DEFAULT-VALUE}")
  private List<String> metrics;

  ScoreCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    if (!Targets.all().containsKey(target)) {
      throw new RequestException(
          "Cannot score: no target '"
              + target
              + "'; there are "
              + String.join(", ", Targets.all().keySet()));
    }
    try (Engine engine = engines.get()) {
      output.print(engine.score(file, target, SweepArguments.knownMetrics(metrics)));
    }
  }
}
