package org.latentsweep.cell;

import java.util.Locale;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.table.Nullable;

/**
 * A grid cell as a report ranks it: the medians over its runs of the skew divergence, which ranks,
 * and of the forward one, in nats. A run that diverged or failed counts as infinite. The skew
 * divergence is null in folders that were measured before it existed; the forward one ranks there.
 *
 * @param target the name of the target
 * @param latentDim the latent dimension k
 * @param variant the hyperparameters, other than k, in which the target's cells differ
 * @param configHash the configuration hash of the cell
 * @param mayBeBest {@code no} if multiple comparisons with the best exclude the cell from being the
 *     best of its target, {@code yes} if they do not; null if it was not compared
 * @param klSkew the median of the skew divergence; null if no run counts
 * @param skewLow the lower end of the median's interval; null for fewer than two runs
 * @param skewHigh the upper end of it
 * @param klForward the median of the forward divergence; null if no run counts
 * @param forwardLow the lower end of the median's interval; null for fewer than two runs
 * @param forwardHigh the upper end of it
 * @param skewWorst the worst run's skew divergence
 * @param forwardWorst the worst run's forward divergence
 * @param confidence the probability with which the intervals hold the medians
 * @param finite the number of runs with a finite value that did not diverge in effect
 * @param counted the number of runs that count
 */
public record RankedCell(
    String target,
    int latentDim,
    String variant,
    String configHash,
    @Nullable String mayBeBest,
    @Nullable Double klSkew,
    @Nullable Double skewLow,
    @Nullable Double skewHigh,
    @Nullable Double klForward,
    @Nullable Double forwardLow,
    @Nullable Double forwardHigh,
    @Nullable Double skewWorst,
    @Nullable Double forwardWorst,
    @Nullable Double confidence,
    long finite,
    long counted) {

  /** The query that gives these rows, the best cell of each target first. */
  public static final String SQL =
      String.format(
          Locale.ROOT,
          """
      SELECT f.target, f.latent_dim, f.variant, f.config_hash,
        CASE WHEN coalesce(s.over_best_low, f.over_best_low) < 1 THEN 'yes'
          WHEN coalesce(s.over_best_low, f.over_best_low) >= 1 THEN 'no' END AS may_be_best,
        s.median AS kl_skew, s.median_low AS skew_low, s.median_high AS skew_high,
        f.median AS kl_forward, f.median_low AS forward_low, f.median_high AS forward_high,
        s.worst AS skew_worst, f.worst AS forward_worst, f.median_confidence AS confidence,
        f.finite, f.counted
      FROM summary f LEFT JOIN summary s ON s.config_hash = f.config_hash AND s.metric = '%s'
      WHERE f.metric = '%s'
      ORDER BY f.target, coalesce(s.median, f.median) NULLS LAST,
        coalesce(s.worst, f.worst) NULLS LAST, f.latent_dim, f.variant
      """,
          SmoothedDivergences.KL_SKEW,
          SmoothedDivergences.KL_FORWARD);
}
