package org.latentsweep.table;

import org.latentsweep.metric.SeedComparison;

/**
 * A row of {@code comparisons}: the test of whether a metric differs, across seeds, between two
 * grid cells that differ in one hyperparameter. The results of the test are null if an infinite
 * value of the metric makes it impossible.
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
 * @param difference the mean of the metric in cell a minus its mean in cell b
 * @param ciLow the lower end of the 95% confidence interval of the difference
 * @param ciHigh the upper end of that interval
 * @param p the two-sided p-value
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
    @Nullable Double p,
    @Nullable Double pAdjusted) {}
