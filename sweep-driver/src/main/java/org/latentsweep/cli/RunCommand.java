package org.latentsweep.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.latentsweep.engine.Engine;
import org.latentsweep.engine.ExitCode;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.table.SummaryRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description =
        "Trains what is not done yet, computes the metrics, prints the summary, and writes the"
            + " report.")
final class RunCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;

  private final Supplier<Engine> engines;
  @Mixin private SweepArguments arguments;
  @Mixin private TableOutput output;

  @Option(
      names = "--no-report",
      negatable = true,
      description = "leaves out the report that is written at the end")
  private boolean report = true;

  @Option(
      names = "--live",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "0",
      preprocessor = AttachedValue.class,
      description =
          "serves the report on this machine while the sweep runs, at an address that is printed;"
              + " at the end waits some seconds for an open page to show the last state; PORT:"
              + " default: any free port")
  private Optional<Integer> live = Optional.empty();

  RunCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    SweepSpec spec = arguments.spec();
    requirePort();
    try (Engine engine = engines.get()) {
      engine.claim(spec.output());
      if (live.isPresent()) {
        output.err().println("live: " + engine.live(spec.output(), live.get()));
      }
      SweepArguments.Planned planned = arguments.plan(spec, engine);
      output.err().println(PlanCommand.remark(spec, planned));
      PlanCommand.otherRuns(spec, planned).ifPresent(output.err()::println);
      SweepPlan plan = planned.plan();
      int failed = plan.failed() + execute(engine, spec, plan);
      return failed == 0 ? ExitCode.DONE : ExitCode.NOT_ALL_DONE;
    }
  }

  private int execute(Engine engine, SweepSpec spec, SweepPlan plan) {
    try (ProgressLine line = output.progress()) {
      int failed = engine.run(spec, plan, line);
      List<SummaryRow> summary =
          engine.analyze(
              spec.output(), spec.metrics(), spec.bandwidths(), spec.scoreSnapshots(), line);
      line.end();
      output.printSummary(summary);
      if (report) {
        engine.updateReport(spec.output(), line);
      }
      return failed;
    }
  }

  private void requirePort() {
    if (live.isPresent() && (live.get() < 0 || live.get() > MAX_PORT)) {
      throw new RequestException(
          String.format(
              Locale.ROOT,
              "Cannot run: --live must be a port in [0, %d], found %d",
              MAX_PORT,
              live.get()));
    }
  }
}
