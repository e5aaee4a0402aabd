package org.latentsweep.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.latentsweep.engine.Engine;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.table.SampleFile;
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
      description =
          ".parquet or .csv with columns x and, in two dimensions, y; or a folder of .parquet")
  private String file;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAME",
      description = "columns with the coordinates, such as a0,a1; default: x,y")
  private List<String> columns = List.of();

  @Option(names = "--target", required = true, description = "name of the target")
  private String target;

  ScoreCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    metrics.require("Cannot score: ", problems());
    try (Engine engine = engines.get();
        ProgressLine line = output.progress()) {
      ResultTable scores =
          engine.score(
              file, coordinates(), target, metrics.familiesOfSamples(), metrics.bandwidths(), line);
      line.end();
      output.print(scores);
    }
  }

  private List<String> coordinates() {
    return columns.isEmpty()
        ? SampleFile.columns(Targets.named(target).dimensions())
        : List.copyOf(columns);
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
    if (problems.isEmpty() && !columns.isEmpty()) {
      int dimensions = Targets.named(target).dimensions();
      if (columns.size() != dimensions || columns.stream().distinct().count() < dimensions) {
        problems.add(
            String.format(
                Locale.ROOT,
                "--columns must name as many columns as target %s has dimensions, which is %d, found %s",
                target,
                dimensions,
                String.join(",", columns)));
      }
    }
    try {
      Path.of(file);
    } catch (InvalidPathException e) {
      problems.add("--samples must be a path, found '" + file + "'");
    }
    problems.addAll(metrics.problemsWithoutGenerators());
    return problems.toArray(String[]::new);
  }
}
