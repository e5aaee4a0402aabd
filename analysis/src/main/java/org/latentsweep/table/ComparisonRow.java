package org.latentsweep.table;

import org.latentsweep.metric.SeedComparison;

/**
 * A row of {@code comparisons}: the test of whether a metric differs, across seeds, between two
 * grid cells that differ in one hyperparameter. The test is on the logarithms if all values are
 * positive, and its results are null if too few seeds, equal or infinite values make it impossible.
 * It is over the runs that have the metric and did not diverge in effect; the probability of
 * improvement is over all runs, where those that diverged or failed are the worst.
 *
 * @param target the name of the target
 * @param metric the name of the metric
 * @param differs the hyperparameter in which the cells differ, such as {@code
 *     generator.learning_rate}
 * @param a the value of the hyperparameter in cell a
 * @param b the value of the hyperparameter in cell b
 * @param configHashA the configuration hash of cell a
 * @param configHashB the configuration hash of cell b
 * @param test the statistical test
 * @param nA the number of seeds in cell a
 * @param nB the number of seeds in cell b
 * @param difference the arithmetic mean of the metric in cell a minus that in cell b
 * @param ciLow the lower end of the 95% t-interval of the difference
 * @param ciHigh the upper end of that interval
 * @param ratio the geometric mean of the metric in cell a over that in cell b; null if a value is
 *     not positive
 * @param ratioLow the lower end of the 95% interval of the ratio
 * @param ratioHigh the upper end of that interval
 * @param improvement the probability that a run of cell a is better than a run of cell b
 * @param improvementLow the lower end of the 95% interval of that probability
 * @param improvementHigh the upper end of that interval
 * @param p the two-sided p-value of the test
 * @param pAdjusted the p-value after Holm's correction over all pairs of the same target and metric
 */
public record ComparisonRow(
    String target,
    String metric,
    String differs,
    String a,
    String b,
    String configHashA,
    String configHashB,
    SeedComparison.Test test,
    int nA,
    int nB,
    @Nullable Double difference,
    @Nullable Double ciLow,
    @Nullable Double ciHigh,
    @Nullable Double ratio,
    @Nullable Double ratioLow,
    @Nullable Double ratioHigh,
    @Nullable Double improvement,
    @Nullable Double improvementLow,
    @Nullable Double improvementHigh,
    @Nullable Double p,
    @Nullable Double pAdjusted) {}
