package org.latentsweep.cell;

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.latentsweep.metric.SeedSummary;

/**
 * The values of one metric in the runs of one cell.
 *
 * @param bySeed one value for each seed, never NaN
 * @param floor the mean of the runs' floors; empty if they have none
 */
record SeedValues(SortedMap<Long, Double> bySeed, Optional<Double> floor) {
  static final SeedValues NONE = new SeedValues(Collections.emptySortedMap(), Optional.empty());

  SeedValues {
    bySeed = Collections.unmodifiableSortedMap(new TreeMap<>(bySeed));
  }

  /** Returns the values without those of some seeds. */
  SeedValues without(Set<Long> seeds) {
    SortedMap<Long, Double> others = new TreeMap<>(bySeed);
    others.keySet().removeAll(seeds);
    return new SeedValues(others, floor);
  }

  /** Returns the values in ascending order. */
  double[] sorted() {
    return bySeed.values().stream().mapToDouble(value -> value).sorted().toArray();
  }

  /** Returns the values, and as many others as runs have none. */
  double[] withLost(int lost, double value) {
    double[] all = Arrays.copyOf(sorted(), bySeed.size() + lost);
    Arrays.fill(all, bySeed.size(), all.length, value);
    return all;
  }

  SeedSummary mean() {
    return SeedSummary.of(sorted());
  }
}
