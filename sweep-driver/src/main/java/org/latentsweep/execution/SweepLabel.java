package org.latentsweep.execution;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;

/** Describes the runs of a sweep in one line, for Spark's UI. */
final class SweepLabel {
  private SweepLabel() {}

  /**
   * Returns a line such as {@code latent-dim: gaussian, spiral; k 1..3, 10; seeds 1..10; 80 runs in
   * 16 packs}.
   *
   * @param name name of the sweep
   */
  static String of(String name, List<RunPack> packs) {
    List<RunSpec> runs = packs.stream().flatMap(pack -> pack.runs().stream()).toList();
    return String.format(
        Locale.ROOT,
        "%s: %s; k %s; seeds %s; %d runs in %d packs",
        name,
        runs.stream().map(RunSpec::target).distinct().sorted().collect(Collectors.joining(", ")),
        ranges(runs.stream().map(run -> (long) run.latentDimension()).toList()),
        ranges(runs.stream().map(RunSpec::seed).toList()),
        runs.size(),
        packs.size());
  }

  /** Returns the distinct numbers in order; three or more consecutive numbers become a range. */
  static String ranges(Collection<Long> numbers) {
    List<Long> sorted = List.copyOf(new TreeSet<>(numbers));
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (from < sorted.size()) {
      int to = from;
      while (to + 1 < sorted.size() && sorted.get(to + 1) - sorted.get(to) == 1) {
        to++;
      }
      to = to - from < 2 ? from : to;
      text.append(from == 0 ? "" : ", ").append(sorted.get(from));
      text.append(to == from ? "" : ".." + sorted.get(to));
      from = to + 1;
    }
    return text.toString();
  }
}
