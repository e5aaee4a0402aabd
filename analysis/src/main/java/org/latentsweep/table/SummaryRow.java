package org.latentsweep.table;

/**
 * A row of {@code summary}: a metric of one grid cell, across the seeds of its completed runs.
 *
 * @param target the name of the target
 * @param latentDim the latent dimension k
 * @param configHash the configuration hash of the cell
 * @param metric the name of the metric, followed by {@code @h/2}, {@code @2h} and so on if its
 *     bandwidth is not the target's own; null if no run of the target has metrics
 * @param runs the number of the cell's runs that have the metric
 * @param diverged the number of the cell's runs that diverged
 * @param failed the number of the cell's runs that failed
 * @param mean the mean across seeds; null if no run has the metric
 * @param sd the standard deviation across seeds; null for fewer than two seeds
 * @param median the median across seeds; null if no run has the metric
 * @param ciLow the lower end of the 95% t-interval of the mean; null for fewer than two seeds
 * @param ciHigh the upper end of that interval
 * @param floor the mean of the runs' floors; null if they have none
 * @param diagnosis what the numbers of the cell mean, in words; the same in each row of the cell,
 *     and null if there is nothing to say
 * @param variant the hyperparameters, other than k, in which the target's cells differ, with this
 *     cell's values; empty if there are none
 */
public record SummaryRow(
    String target,
    int latentDim,
    String configHash,
    @Nullable String metric,
    long runs,
    long diverged,
    long failed,
    @Nullable Double mean,
    @Nullable Double sd,
    @Nullable Double median,
    @Nullable Double ciLow,
    @Nullable Double ciHigh,
    @Nullable Double floor,
    @Nullable String diagnosis,
    String variant) {}
