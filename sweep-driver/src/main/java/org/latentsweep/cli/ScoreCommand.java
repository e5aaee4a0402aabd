package org.latentsweep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.latentsweep.engine.Engine;
import org.latentsweep.target.Targets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "score",
    description = "Computes metrics of points, drawn by any program, against a target.")
final class ScoreCommand implements Runnable {
  private final Supplier<Engine> engines;
  @Mixin private MetricArguments metrics;
  @Mixin private TableOutput output;

  @Option(
      names = "--samples",
      required = true,
      paramLabel = "FILE",
      description = ".parquet or .csv with columns x and, in two dimensions, y")
  private String file;

  @Option(names = "--target", required = true, description = "name of the target")
  private String target;

  ScoreCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    metrics.require("Cannot score: ", problems());
    try (Engine engine = engines.get()) {
      output.print(engine.score(file, target, metrics.familiesOfSamples(), metrics.bandwidths()));
    }
  }

  private String[] problems() {
    List<String> problems = new ArrayList<>();
    if (!Targets.all().containsKey(target)) {
      problems.add(
          String.format(
              Locale.ROOT,
              "no target '%s'; there are %s",
              target,
              String.join(", ", Targets.all().keySet())));
    }
    problems.addAll(metrics.problemsWithoutGenerators());
    return problems.toArray(String[]::new);
  }
}
