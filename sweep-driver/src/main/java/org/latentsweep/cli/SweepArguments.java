package org.latentsweep.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.sweep.SweepParser;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that ask for a sweep. */
final class SweepArguments {
  /** What {@code backend} may be. */
  static final List<String> BACKENDS = List.of("auto", "cpu", "cuda", "reference");

  /** What {@code metrics} may hold. */
  static final List<String> METRICS = List.of("kl");

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
    return new SweepParser(BACKENDS, METRICS).parse(file, overrides);
  }

  SweepPlan plan(SweepSpec spec, Engine engine) {
    return SweepPlan.of(
        spec, engine.recorded(spec.output()), retryFailed, engine.seconds(spec), engine.slots());
  }

  /** These families of metrics, all of which are known. */
  static List<String> knownMetrics(List<String> families) {
    if (!METRICS.containsAll(families)) {
      throw new RequestException(
          "Cannot measure "
              + String.join(", ", families)
              + ": metrics must be among "
              + String.join(", ", METRICS));
    }
    return families;
  }
}
