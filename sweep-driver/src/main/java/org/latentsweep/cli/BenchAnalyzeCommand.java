package org.latentsweep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.latentsweep.engine.Engine;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.metric.PointsCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "analyze",
    description =
        "Measures the parts of the analysis on a temporary folder of artificial runs: seconds by"
            + " the clock, and for each set of metrics the milliseconds of one core for each run.")
final class BenchAnalyzeCommand implements Runnable {
  private final Supplier<Engine> engines;
  @Mixin private MetricArguments metrics;
  @Mixin private TableOutput output;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "100",
      description = "number of runs; default: ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "100000",
      description = "samples of each run; default: ${DEFAULT-VALUE}")
  private int samples;

  BenchAnalyzeCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    metrics.require("Cannot measure: ", problems());
    try (Engine engine = engines.get();
        ProgressLine line = output.progress()) {
      ResultTable times =
          engine.benchAnalysis(
              runs, samples, metrics.familiesOfSamples(), metrics.bandwidths(), line);
      line.end();
      output.print(times);
    }
  }

  private String[] problems() {
    List<String> problems = new ArrayList<>(metrics.problemsWithoutGenerators());
    if (runs < 1) {
      problems.add("--runs must be >= 1, found " + runs);
    }
    if (samples < PointsCheck.MIN_POINTS) {
      problems.add("--samples must be >= " + PointsCheck.MIN_POINTS + ", found " + samples);
    }
    return problems.toArray(String[]::new);
  }
}
