package org.latentsweep.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import org.latentsweep.engine.CancelledException;
import org.latentsweep.engine.Engine;
import org.latentsweep.engine.EnvironmentException;
import org.latentsweep.engine.ExitCode;
import org.latentsweep.process.ProcessDefaults;
import org.latentsweep.sweep.PrintableText;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.sweep.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line {@code latentsweep}. */
@Command(
    name = "latentsweep",
    description = "Trains grids of small generative adversarial networks and measures them.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:some runs failed, or it was cancelled",
      "2:the request is wrong: the message names every problem",
      "3:the environment failed: disk, network, Spark"
    })
public final class Main {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "shows this help and ends")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "shows the version and ends")
  private boolean version;

  private Main() {}

  /**
   * Executes the command that the arguments name.
   *
   * @param engines creates the engine if it is needed
   * @param out receives tables and help
   * @param err receives everything else
   * @return the exit code of the process
   */
  public static int execute(
      Supplier<Engine> engines, PrintWriter out, PrintWriter err, String... arguments) {
    ProcessDefaults.set();
    CommandLine command =
        new CommandLine(new Main())
            .addSubcommand(new PlanCommand(engines))
            .addSubcommand(new RunCommand(engines))
            .addSubcommand(new StatusCommand(engines))
            .addSubcommand(new AnalyzeCommand(engines))
            .addSubcommand(new ReportCommand(engines))
            .addSubcommand(new CompactCommand(engines))
            .addSubcommand(new SqlCommand(engines))
            .addSubcommand(new ScoreCommand(engines))
            .addSubcommand(new SampleCommand(engines))
            .addSubcommand(
                new CommandLine(new BenchCommand())
                    .addSubcommand(new BenchCpuCommand())
                    .addSubcommand(new BenchAnalyzeCommand(engines))
                    .addSubcommand(new BenchCoverageCommand())
                    .addSubcommand(new BenchStartCommand()))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExpandAtFiles(false)
            .setExecutionStrategy(WrongArguments::explainOrRun)
            .setParameterExceptionHandler((e, args) -> WrongArguments.explain(List.of(e)))
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler((e, failed, parsed) -> explain(e, err));
    command.getCommandSpec().version("latentsweep " + Version.TEXT);
    WrongArguments.collect(command);
    try {
      return command.execute(arguments);
    } catch (Error e) { // such as a missing native library; picocli handles only exceptions
      return explain(e, err);
    }
  }

  private static int explain(Throwable e, PrintWriter err) {
    boolean wrong = e instanceof RequestException;
    boolean cancelled = e instanceof CancelledException;
    if (wrong || cancelled || e instanceof EnvironmentException) {
      err.println(PrintableText.ofLines(String.valueOf(e.getMessage())));
    } else {
      e.printStackTrace(err);
    }
    err.flush();
    return wrong
        ? ExitCode.BAD_REQUEST
        : cancelled ? ExitCode.NOT_ALL_DONE : ExitCode.ENVIRONMENT_FAILED;
  }
}
