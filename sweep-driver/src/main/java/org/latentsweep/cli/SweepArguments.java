package org.latentsweep.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.latentsweep.engine.ByteText;
import org.latentsweep.engine.Engine;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunSpec;
import org.latentsweep.scoring.MetricFamily;
import org.latentsweep.sweep.RecordedRuns;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.sweep.SweepParser;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.sweep.TimeEstimate;
import org.latentsweep.training.BackendChoice;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that describe a sweep. */
final class SweepArguments {
  /**
   * Bytes of a sweep that is started even on a full disk. Chosen by judgement: the size is an
   * estimate, and the sweep continues once there is space.
   */
  private static final long ALWAYS_TRIED = 1000 * ByteText.MEGABYTE;

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

  /** Returns a parser that knows the back ends and the metrics of this build. */
  static SweepParser parser() {
    List<String> backends = new ArrayList<>(List.of(BackendChoice.AUTO));
    backends.addAll(BackendChoice.names());
    return new SweepParser(backends, MetricFamily.names());
  }

  Planned plan(SweepSpec spec, Engine engine) {
    RecordedRuns recorded = engine.recorded(spec.output());
    TimeEstimate seconds = engine.seconds(spec, recorded);
    SweepPlan plan = SweepPlan.of(spec, recorded, retryFailed, seconds, engine.slots());
    requireSpace(spec, plan.bytes(), engine);
    return new Planned(plan, seconds.source(), seconds.spread(), otherRuns(spec, recorded));
  }

  private static void requireSpace(SweepSpec spec, long bytes, Engine engine) {
    long free = bytes < ALWAYS_TRIED ? bytes : engine.freeBytes(spec.output());
    if (bytes > free) {
      throw new RequestException(
          String.format(
              Locale.ROOT,
              "Cannot plan sweep %s: its tables need about %s, and the disk of %s has %s free",
              spec.name(),
              ByteText.of(bytes),
              spec.output(),
              ByteText.of(free)));
    }
  }

  private static long otherRuns(SweepSpec spec, RecordedRuns recorded) {
    Set<RunId> all = new HashSet<>(recorded.finished());
    all.addAll(recorded.failed());
    if (!all.isEmpty()) { // an id is a hash, and there may be many
      spec.runs().stream().map(RunSpec::id).forEach(all::remove);
    }
    return all.size();
  }

  /**
   * A plan and the source of its times.
   *
   * @param plan the plan
   * @param timesFrom where the times come from, as text; empty if nothing is left to do
   * @param spread how far the times may be from the plan's
   * @param otherRuns number of runs in the output folder that are not of this sweep
   */
  record Planned(SweepPlan plan, String timesFrom, TimeEstimate.TimeRange spread, long otherRuns) {}
}
