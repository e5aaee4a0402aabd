package org.latentsweep.cli;

import java.util.List;
import java.util.function.Supplier;
import org.latentsweep.engine.Engine;
import org.latentsweep.table.SummaryRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "analyze",
    description = "Computes the metrics that are missing, and prints the summary across seeds.")
final class AnalyzeCommand implements Runnable {
  private final Supplier<Engine> engines;
  @Mixin private MetricArguments metrics;
  @Mixin private TableOutput output;

  @Parameters(paramLabel = "DIR", description = "output folder of a sweep")
  private String directory;

  @Option(names = "--snapshots", description = "computes them of snapshots too")
  private boolean snapshots;

  AnalyzeCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    metrics.require("Cannot analyze: ");
    try (Engine engine = engines.get();
        ProgressLine line = output.progress()) {
      List<SummaryRow> summary =
          engine.analyze(directory, metrics.families(), metrics.bandwidths(), snapshots, line);
      line.end();
      output.printSummary(summary);
    }
  }
}
