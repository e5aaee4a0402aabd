package org.latentsweep.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latentsweep.engine.Engine;
import org.latentsweep.scoring.MetricFamily;
import org.latentsweep.sweep.RecordedRuns;
import org.latentsweep.sweep.SweepParser;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.sweep.TimeEstimate;
import org.latentsweep.training.BackendChoice;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that ask for a sweep. */
final class SweepArguments {
  @Parameters(paramLabel = "CONF", description = "the sweep's file, such as conf/sweeps/smoke.conf")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "overrides a key of the file, such as axes.seed=1..3; may be repeated")
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--retry-failed", description = "does runs again that failed before")
  private boolean retryFailed;

  SweepSpec spec() {
    return parser().parse(file, overrides);
  }

  /** Of sweeps that ask for what this build has. */
  static SweepParser parser() {
    List<String> backends = new ArrayList<>(List.of(BackendChoice.AUTO));
    backends.addAll(BackendChoice.names());
    return new SweepParser(backends, MetricFamily.names());
  }

  Planned plan(SweepSpec spec, Engine engine) {
    RecordedRuns recorded = engine.recorded(spec.output());
    TimeEstimate seconds = engine.seconds(spec, recorded);
    SweepPlan plan = SweepPlan.of(spec, recorded, retryFailed, seconds, engine.slots());
    return new Planned(plan, seconds.source());
  }

  /**
   * A plan, and how its times were come by.
   *
   * @param plan of what is left
   * @param timesFrom for people; empty where nothing is left
   */
  record Planned(SweepPlan plan, String timesFrom) {}
}
