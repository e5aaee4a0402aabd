package org.latentsweep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latentsweep.bench.StartBench;
import org.latentsweep.engine.EnvironmentException;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.table.RowType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "start",
    description =
        "Measures how long short commands take, each in a process of its own: the median of the"
            + " seconds by the clock, and of their ratio to those of java -version in the same"
            + " round.")
final class BenchStartCommand implements Runnable {
  @Mixin private TableOutput output;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "rounds in which each command has its turn; default: ${DEFAULT-VALUE}")
  private int rounds;

  @Override
  public void run() {
    String home = System.getProperty(BenchCommand.HOME);
    List<String> problems = new ArrayList<>();
    if (rounds < 1) {
      problems.add("--rounds must be >= 1, found " + rounds);
    }
    if (home == null) {
      problems.add("it measures the launcher of a checkout: start this command by ./latentsweep");
    }
    if (!problems.isEmpty()) {
      throw new RequestException("Cannot measure: " + String.join("; ", problems));
    }
    try (ProgressLine line = output.progress()) {
      List<StartBench.StartTime> times = StartBench.measure(Path.of(home), rounds, line);
      line.end();
      output.print(ResultTable.of(RowType.of(StartBench.StartTime.class), times));
    } catch (IOException e) {
      throw new EnvironmentException(e.getMessage(), e);
    }
  }
}
