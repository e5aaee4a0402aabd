package org.latentsweep.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.latentsweep.engine.Engine;
import org.latentsweep.run.RunId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description =
        "Writes report.html, one file that needs nothing else, and a folder of figures as SVG, PNG"
            + " and CSV.")
final class ReportCommand implements Runnable {
  private final Supplier<Engine> engines;
  @Mixin private TableOutput output;

  @Parameters(paramLabel = "DIR", description = "output folder of a sweep")
  private String directory;

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      description = "local folder to write to; default: DIR")
  private Optional<Path> into = Optional.empty();

  @Option(
      names = "--animate",
      paramLabel = "RUN",
      description =
          "run_id of a run whose training and map to show as GIF, and as MP4 where there is ffmpeg;"
              + " may be repeated")
  private List<String> animate = List.of();

  ReportCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    try (Engine engine = engines.get();
        ProgressLine line = output.progress()) {
      engine.report(directory, into, animate.stream().map(RunId::new).toList(), line);
    }
  }
}
