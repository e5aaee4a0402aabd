package org.latentsweep.cell;

import java.util.Collections;
import java.util.Optional;
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
  SeedValues {
    bySeed = Collections.unmodifiableSortedMap(new TreeMap<>(bySeed));
  }

  SeedSummary summary() {
    double[] sorted = bySeed.values().stream().mapToDouble(value -> value).sorted().toArray();
    return SeedSummary.of(sorted);
  }
}
