package org.latentsweep.table;

import org.latentsweep.metric.SeedComparison;

/**
 * A row of {@code comparisons}: a metric in two grid cells that differ in one hyperparameter, over
 * their seeds. Numbers are null where an infinite value forbids a test.
 *
 * @param target name
 * @param metric its name
 * @param differs the hyperparameter, such as {@code generator.learning_rate}
 * @param a its value in cell a
 * @param b its value in cell b
 * @param configHashA of cell a
 * @param configHashB of cell b
 * @param test that was made
 * @param nA seeds in cell a
 * @param nB seeds in cell b
 * @param difference mean in cell a less that in cell b
 * @param ciLow lower end of its 95% interval
 * @param ciHigh upper end of it
 * @param p two-sided
 * @param pAdjusted by Holm's correction within target and metric
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
