package org.latentsweep.cli;

import java.util.function.Supplier;
import org.latentsweep.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "sql",
    description = "Queries the tables of a sweep as views, such as runs and summary.")
final class SqlCommand implements Runnable {
  private final Supplier<Engine> engines;
  @Mixin private TableOutput output;

  @Parameters(index = "0", paramLabel = "DIR", description = "output folder of a sweep")
  private String directory;

  @Parameters(index = "1", paramLabel = "QUERY", description = "such as \"SELECT * FROM summary\"")
  private String query;

  SqlCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    try (Engine engine = engines.get()) {
      output.print(engine.sql(directory, query));
    }
  }
}
