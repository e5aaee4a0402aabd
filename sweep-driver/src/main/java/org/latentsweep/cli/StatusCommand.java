package org.latentsweep.cli;

import java.util.function.Supplier;
import org.latentsweep.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    description = "Tells how many runs are done, running, failed, diverged and left.")
final class StatusCommand implements Runnable {
  private final Supplier<Engine> engines;
  @Mixin private TableOutput output;

  @Parameters(paramLabel = "DIR", description = "output folder of a sweep")
  private String directory;

  @Option(
      names = "--cancel",
      description = "first stops the process that writes to it; what is finished is kept")
  private boolean cancel;

  StatusCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    try (Engine engine = engines.get()) {
      if (cancel) {
        engine.cancel(directory);
      }
      output.print(engine.status(directory));
    }
  }
}
