package org.latentsweep.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.latentsweep.cell.PlannedResolution;
import org.latentsweep.engine.ByteText;
import org.latentsweep.engine.DurationText;
import org.latentsweep.engine.Engine;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.sweep.PlannedPack;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.sweep.TimeEstimate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "plan",
    description = "Shows the runs, packs, hours and bytes that a sweep would take. Runs nothing.")
final class PlanCommand implements Runnable {
  private static final double HOUR = 3600;

  private final Supplier<Engine> engines;
  @Mixin private SweepArguments arguments;
  @Mixin private TableOutput output;

  PlanCommand(Supplier<Engine> engines) {
    this.engines = engines;
  }

  @Override
  public void run() {
    SweepSpec spec = arguments.spec();
    try (Engine engine = engines.get()) {
      SweepArguments.Planned planned = arguments.plan(spec, engine);
      output.print(table(planned.plan()));
      output.remark(remark(spec, planned));
      otherRuns(spec, planned).ifPresent(output::remark);
      resolutions(spec, engine.logDeviation(spec.output())).forEach(output::remark);
    }
  }

  /** Returns a row for each kind of pack, in the order in which their first packs start. */
  static ResultTable table(SweepPlan plan) {
    Map<RunPack.Shared, List<PlannedPack>> groups = new LinkedHashMap<>();
    for (PlannedPack pack : plan.packs()) {
      groups.computeIfAbsent(pack.pack().shared(), shared -> new ArrayList<>()).add(pack);
    }
    List<List<Object>> rows = new ArrayList<>();
    groups.forEach((shared, packs) -> rows.add(row(shared, packs)));
    return new ResultTable(
        List.of("target", "latent_dim", "steps", "runs", "packs", "core_hours", "megabytes"), rows);
  }

  private static List<Object> row(RunPack.Shared shared, List<PlannedPack> packs) {
    return List.of(
        shared.target(),
        shared.latentDimension(),
        shared.steps(),
        packs.stream().mapToInt(pack -> pack.pack().runs().size()).sum(),
        packs.size(),
        packs.stream().mapToDouble(PlannedPack::seconds).sum() / HOUR,
        ByteText.megabytes(packs.stream().mapToLong(PlannedPack::bytes).sum()));
  }

  static String remark(SweepSpec spec, SweepArguments.Planned planned) {
    SweepPlan plan = planned.plan();
    String counts =
        String.format(
            Locale.ROOT,
            "%s: %d runs, %d finished, %d failed, %d left",
            spec.name(),
            plan.total(),
            plan.finished(),
            plan.failed(),
            plan.left());
    if (plan.packs().isEmpty()) {
      return counts + " in " + spec.output();
    }
    return String.format(
        Locale.ROOT,
        "%s in %d packs; about %s (%s), %s on %d slots, %s in %s",
        counts,
        plan.packs().size(),
        coreTime(plan.coreSeconds(), planned.spread()),
        planned.timesFrom(),
        time(plan.seconds(), planned.spread()),
        plan.slots(),
        ByteText.of(plan.bytes()),
        spec.output());
  }

  private static String coreTime(double seconds, TimeEstimate.TimeRange spread) {
    return seconds < HOUR
        ? time(seconds, spread) + " of one core"
        : range(
            String.format(Locale.ROOT, "%.1f", seconds * spread.low() / HOUR),
            String.format(Locale.ROOT, "%.1f core-hours", seconds * spread.high() / HOUR));
  }

  private static String time(double seconds, TimeEstimate.TimeRange spread) {
    return range(DurationText.of(seconds * spread.low()), DurationText.of(seconds * spread.high()));
  }

  private static String range(String low, String high) {
    return high.startsWith(low) ? high : low + " to " + high;
  }

  /** Says that the output folder holds other runs too, if it does. */
  static Optional<String> otherRuns(SweepSpec spec, SweepArguments.Planned planned) {
    return planned.otherRuns() == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s also holds %d runs that are not of this sweep; the summary and the report show"
                    + " them too",
                spec.output(),
                planned.otherRuns()));
  }

  /**
   * Says which ratios of divergences the seeds can resolve, with one line for all equal targets.
   */
  static List<String> resolutions(SweepSpec spec, double measured) {
    Map<String, Map<String, RunSpec>> cells = new LinkedHashMap<>(); // by target and cell
    Map<String, Integer> seeds = new HashMap<>(); // by cell
    for (RunSpec run : spec.runs()) {
      cells
          .computeIfAbsent(run.target(), target -> new LinkedHashMap<>())
          .putIfAbsent(run.configHash(), run);
      seeds.merge(run.configHash(), 1, Integer::sum);
    }
    Map<PlannedResolution, List<String>> targets = new LinkedHashMap<>();
    cells.forEach(
        (target, ofTarget) -> {
          Map<String, Integer> byConfig = new HashMap<>();
          ofTarget.forEach((hash, run) -> byConfig.put(run.config(), seeds.get(hash)));
          targets
              .computeIfAbsent(PlannedResolution.of(byConfig), planned -> new ArrayList<>())
              .add(target);
        });
    List<String> lines = new ArrayList<>();
    targets.forEach((planned, names) -> lines.add(resolution(planned, names, measured)));
    return lines;
  }

  private static String resolution(
      PlannedResolution planned, List<String> targets, double measured) {
    boolean guessed = Double.isNaN(measured);
    double deviation = guessed ? PlannedResolution.GUESSED_LOG_DEVIATION : measured;
    double ratio = planned.ratio(deviation);
    String names = String.join(", ", targets);
    if (Double.isInfinite(ratio)) {
      return String.format(
          Locale.ROOT,
          "%s: no test of a difference is possible; it takes two cells with three seeds each",
          names);
    }
    return String.format(
        Locale.ROOT,
        "%s: %d seeds for each of %d cells find a ratio of %.2f between two cells' KL_h with 80%%"
            + " probability (5%% level, Holm's correction over %s; log KL_h has a"
            + " standard deviation of %.2f over seeds, %s)",
        names,
        planned.seeds(),
        planned.cells(),
        ratio,
        planned.comparisons() == 1 ? "1 comparison" : planned.comparisons() + " comparisons",
        deviation,
        guessed ? "a guess" : "as in the runs of the folder");
  }
}
