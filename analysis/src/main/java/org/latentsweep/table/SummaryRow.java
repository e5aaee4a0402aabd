package org.latentsweep.table;

/**
 * A row of {@code summary}: a metric of one grid cell, across the seeds of its runs. The median,
 * its intervals, the worst value and the interquartile mean are over all runs that count, where a
 * run that diverged, failed, or diverged in effect has the worst value possible: 0 if more is
 * better, otherwise infinity. The other numbers are over the runs that have the metric.
 *
 * @param target the name of the target
 * @param latentDim the latent dimension k
 * @param configHash the configuration hash of the cell
 * @param metric the name of the metric, followed by {@code @h/2}, {@code @2h} and so on if its
 *     bandwidth is not the target's own; null if no run of the target has metrics
 * @param runs the number of the cell's runs that have the metric
 * @param diverged the number of the cell's runs that diverged
 * @param failed the number of the cell's runs that failed
 * @param divergedInEffect the number of the cell's completed runs whose forward divergence is above
 *     the bound for a generator that draws one point only
 * @param mean the arithmetic mean across seeds; null if no run has the metric
 * @param sd the standard deviation across seeds; null for fewer than two seeds
 * @param median the median across seeds; null if no run counts
 * @param ciLow the lower end of the 95% t-interval of the mean; null for fewer than two seeds
 * @param ciHigh the upper end of that interval
 * @param medianLow the lower end of the interval of the median by order statistics; null for fewer
 *     than two runs
 * @param medianHigh the upper end of that interval
 * @param medianConfidence the probability with which that interval holds the median
 * @param medianLow95 the lower end of the interpolated 95% interval of the median; null for fewer
 *     than six runs
 * @param medianHigh95 the upper end of that interval
 * @param worst the worst value; null if no run counts
 * @param counted the number of runs that count: those that have the metric, diverged or failed
 * @param finite the number of them that have a finite value and did not diverge in effect
 * @param geometricMean the geometric mean; null if a value is not positive and finite
 * @param logSd the standard deviation of the logarithm; null for fewer than two runs
 * @param geometricLow the lower end of its 95% interval; null for fewer than two runs
 * @param geometricHigh the upper end of that interval
 * @param iqm the interquartile mean; null if no run counts
 * @param iqmLow the lower end of its 95% interval; null for fewer than ten runs
 * @param iqmHigh the upper end of that interval
 * @param overBestLow the lower end of the interval of the cell's geometric mean over the least one
 *     of the target's other cells, at most 1; 1 if the cell is excluded from being the best. Null
 *     if it was not compared, as are all metrics but the smoothed divergences
 * @param overBestHigh the upper end of that interval, at least 1
 * @param moreSeeds how many more seeds each cell would take to exclude this one from being the best
 *     with 80% probability; 0 if it is excluded or has the least geometric mean; infinite if it
 *     equals the least; null if it was not compared
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
    long divergedInEffect,
    @Nullable Double mean,
    @Nullable Double sd,
    @Nullable Double median,
    @Nullable Double ciLow,
    @Nullable Double ciHigh,
    @Nullable Double medianLow,
    @Nullable Double medianHigh,
    @Nullable Double medianConfidence,
    @Nullable Double medianLow95,
    @Nullable Double medianHigh95,
    @Nullable Double worst,
    long counted,
    long finite,
    @Nullable Double geometricMean,
    @Nullable Double logSd,
    @Nullable Double geometricLow,
    @Nullable Double geometricHigh,
    @Nullable Double iqm,
    @Nullable Double iqmLow,
    @Nullable Double iqmHigh,
    @Nullable Double overBestLow,
    @Nullable Double overBestHigh,
    @Nullable Double moreSeeds,
    @Nullable Double floor,
    @Nullable String diagnosis,
    String variant) {}
