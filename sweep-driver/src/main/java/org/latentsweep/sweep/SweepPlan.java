package org.latentsweep.sweep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;

/**
 * The runs of a sweep that are still to do, in packs with the longest pack first. If each free task
 * slot takes the next pack, all slots then end at about the same time (Graham, "Bounds on
 * multiprocessing timing anomalies", SIAM J. Appl. Math. 17, 1969).
 *
 * <p>Short runs share a pack, so that the cost of a task and of its files is paid once. A pack
 * takes about {@value #PACK_SECONDS} seconds, or less so that there are at least {@value
 * #PACKS_PER_SLOT} packs for each slot, as far as there are enough runs. The same request and the
 * same estimates give the same plan.
 *
 * @param packs the packs that are still to do
 * @param total number of runs in the sweep
 * @param finished number of runs that were finished before
 * @param failed number of runs that failed before and are not tried again
 * @param slots number of tasks that run at the same time, at least 1
 */
public record SweepPlan(List<PlannedPack> packs, int total, int finished, int failed, int slots) {
  /** Largest number of runs in a pack. Chosen by judgement: a lost pack loses all of its runs. */
  public static final int MAX_PACK = 100;

  /** Chosen by judgement: much longer than a task takes to start, much shorter than most sweeps. */
  static final double PACK_SECONDS = 10;

  /** Chosen by judgement: so that a slot that finishes early has another pack to run. */
  static final int PACKS_PER_SLOT = 4;

  /** Copies the packs and checks the slots. */
  public SweepPlan {
    packs = List.copyOf(packs);
    if (slots < 1) {
      throw new IllegalArgumentException("Cannot plan: slots must be >= 1, found " + slots);
    }
  }

  /**
   * Plans a sweep.
   *
   * @param spec the sweep
   * @param recorded the runs that its output folder holds
   * @param retryFailed whether runs that failed are tried again
   * @param seconds returns the estimated time of a run on one core, above 0
   * @param slots number of tasks that run at the same time
   */
  public static SweepPlan of(
      SweepSpec spec,
      RecordedRuns recorded,
      boolean retryFailed,
      ToDoubleFunction<RunSpec> seconds,
      int slots) {
    List<RunId> ids =
        spec.runs().parallelStream().map(RunSpec::id).toList(); // in parallel: an id is a hash
    List<TimedRun> left = new ArrayList<>();
    int finished = 0;
    int failed = 0;
    for (int i = 0; i < ids.size(); i++) {
      if (recorded.finished().contains(ids.get(i))) {
        finished++;
      } else if (recorded.failed().contains(ids.get(i)) && !retryFailed) {
        failed++;
      } else {
        RunSpec run = spec.runs().get(i);
        left.add(new TimedRun(run, seconds.applyAsDouble(run)));
      }
    }
    return new SweepPlan(pack(left, slots), spec.runs().size(), finished, failed, slots);
  }

  private static List<PlannedPack> pack(List<TimedRun> runs, int slots) {
    // The sort is stable: runs of equal times stay in the order of the grid.
    Map<RunPack.Shared, List<TimedRun>> groups = new LinkedHashMap<>();
    runs.stream()
        .sorted(Comparator.comparingDouble(TimedRun::seconds).reversed())
        .forEach(
            timed ->
                groups
                    .computeIfAbsent(RunPack.Shared.of(timed.run()), shared -> new ArrayList<>())
                    .add(timed));
    long wanted = Math.min(runs.size(), (long) PACKS_PER_SLOT * slots);
    double total = runs.stream().mapToDouble(TimedRun::seconds).sum();
    double limit = Math.min(PACK_SECONDS, total / wanted);
    List<List<TimedRun>> packs = cut(groups.values(), limit);
    while (packs.size() < wanted) { // a run longer than the limit uses the time of several packs
      limit *= 0.9;
      packs = cut(groups.values(), limit);
    }
    return packs.stream()
        .map(SweepPlan::planned)
        .sorted(Comparator.comparingDouble(PlannedPack::seconds).reversed())
        .toList();
  }

  /** Fills one pack after the other with runs that may share a pack, up to a limit in seconds. */
  private static List<List<TimedRun>> cut(Collection<List<TimedRun>> groups, double limit) {
    double roundedUp = limit * (1 + 1e-9); // so that rounding errors do not split equal times
    List<List<TimedRun>> packs = new ArrayList<>();
    for (List<TimedRun> group : groups) {
      int start = 0;
      double sum = 0;
      for (int i = 0; i < group.size(); i++) {
        double next = group.get(i).seconds();
        if (i > start && (sum + next > roundedUp || i - start == MAX_PACK)) {
          packs.add(group.subList(start, i));
          start = i;
          sum = 0;
        }
        sum += next;
      }
      packs.add(group.subList(start, group.size()));
    }
    return packs;
  }

  private static PlannedPack planned(List<TimedRun> runs) {
    return new PlannedPack(
        new RunPack(runs.stream().map(TimedRun::run).toList()),
        runs.stream().mapToDouble(TimedRun::seconds).sum());
  }

  /** Returns the ids of the runs that are still to do. */
  public Set<RunId> ids() {
    return packs.stream()
        .flatMap(planned -> planned.pack().runs().stream())
        .map(RunSpec::id)
        .collect(Collectors.toSet());
  }

  /** Returns the number of runs that are still to do. */
  public int left() {
    return total - finished - failed;
  }

  /** Returns the time on one core, in seconds. */
  public double coreSeconds() {
    return packs.stream().mapToDouble(PlannedPack::seconds).sum();
  }

  /** Returns the time until the last slot ends, in seconds. */
  public double seconds() {
    PriorityQueue<Double> ends = new PriorityQueue<>();
    for (PlannedPack pack : packs) {
      double start = ends.size() < slots ? 0 : ends.remove();
      ends.add(start + pack.seconds());
    }
    return ends.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  /** Returns approximately how many bytes will be added to the tables. */
  public long bytes() {
    return packs.stream().mapToLong(PlannedPack::bytes).sum();
  }
}
