package org.latentsweep.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.latentsweep.engine.Engine;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.sweep.RequestException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compact",
    description =
        "Merges small files without changing rows. It may be killed at any time and started again;"
            + " queries that run meanwhile see the same rows.")
final class CompactCommand implements Runnable {
  private final Supplier<Engine> engines;
  @Mixin private TableOutput output;

  @Parameters(paramLabel = "DIR", description = "output folder of a sweep")
  private String directory;

  @Option(
      names = "--megabytes",
      paramLabel = "N",
      defaultValue = "128",
      description =
          "approximate size of a merged file of the largest table; default: ${DEFAULT-VALUE}")
  private int megabytes;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "time for running queries to end before merged files are deleted; default:"
              + " ${DEFAULT-VALUE}")
  private int grace;

  CompactCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    List<String> problems = new ArrayList<>();
    if (megabytes < 1) {
      problems.add("--megabytes must be >= 1, found " + megabytes);
    }
    if (grace < 0) {
      problems.add("--grace must be >= 0, found " + grace);
    }
    if (!problems.isEmpty()) {
      throw new RequestException("Cannot compact: " + String.join("; ", problems));
    }
    try (Engine engine = engines.get();
        ProgressLine line = output.progress()) {
      ResultTable sizes = engine.compact(directory, megabytes, Duration.ofSeconds(grace), line);
      line.end();
      output.print(sizes);
    }
  }
}
