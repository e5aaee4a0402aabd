package org.latentsweep.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description =
        "Trains what is not done yet, computes the metrics, prints the summary, and writes the"
            + " report.")
final class RunCommand implements Callable<Integer> {
  private final Supplier<Engine> engines;
  @Mixin private SweepArguments arguments;
  @Mixin private TableOutput output;

  @Option(
      names = "--no-report",
      negatable = true,
      description = "leaves out the report that is written at the end")
  private boolean report = true;

  RunCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() {
    SweepSpec spec = arguments.spec();
    try (Engine engine = engines.get()) {
      engine.claim(spec.output());
      SweepArguments.Planned planned = arguments.plan(spec, engine);
      output.err().println(PlanCommand.remark(spec, planned));
      SweepPlan plan = planned.plan();
      int failed = plan.failed() + train(engine, spec, plan);
      output.printSummary(
          engine.analyze(spec.output(), spec.metrics(), spec.bandwidths(), spec.scoreSnapshots()));
      if (report) {
        engine.report(spec.output(), Optional.empty(), List.of(), output.err()::println);
      }
      return failed == 0 ? ExitCode.DONE : ExitCode.NOT_ALL_DONE;
    }
  }

  private int train(Engine engine, SweepSpec spec, SweepPlan plan) {
    try (ProgressLine line = ProgressLine.on(output.err())) {
      return engine.run(spec, plan, line::show);
    }
  }
}
