package org.latentsweep.table;

/**
 * A row of {@code summary}: a metric over the completed runs of one grid cell.
 *
 * @param target name
 * @param latentDim latent dimension k
 * @param configHash of the cell
 * @param metric its name, with {@code @h/2}, {@code @2h} and the like where it is measured at
 *     another bandwidth than the target's own; null where no run of the target has metrics
 * @param runs of the cell that have the metric
 * @param diverged runs of the cell
 * @param failed runs of the cell
 * @param mean over the runs' seeds; null where no run has the metric
 * @param sd standard deviation over the seeds; null for fewer than two
 * @param median over the seeds; null where no run has the metric
 * @param ciLow lower end of the 95% t-interval of the mean; null for fewer than two seeds
 * @param ciHigh upper end of it
 * @param floor mean of the runs' floors; null where they have none
 * @param diagnosis what the numbers of the cell mean, in words; the same in each of its rows, and
 *     null where there is nothing to say
 * @param variant the hyperparameters besides k in which the target's cells differ; may be empty
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
