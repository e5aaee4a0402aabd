package org.latentsweep.cell;

import java.time.Instant;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.table.Nullable;

/**
 * A finished run as a report lists it: columns of its row of {@code runs}, with its forward
 * divergence after the last step, at the bandwidth at which its target is quoted. What is null in
 * {@code runs} is null here; the divergence and its numbers are null if they were not measured.
 *
 * @param runId its id
 * @param configHash of its cell
 * @param target name
 * @param latentDim latent dimension k
 * @param seed of all its random numbers
 * @param outcome how it ended
 * @param steps that were asked for
 * @param klForward the divergence in nats
 * @param ciLow lower end of its 95% interval
 * @param ciHigh upper end of it
 * @param floor the mean divergence of samples of the target itself
 * @param n the number of samples that were measured
 * @param dLoss the discriminator's last loss
 * @param gLoss the generator's last loss
 * @param trainSeconds time in its training steps
 * @param stepsPerSecond steps over that time
 * @param divergedAt the step at which it diverged
 * @param message of the exception that failed it
 * @param backend that trained it
 * @param device that it ran on
 * @param host that it ran on
 * @param attempt of the task that trained it
 * @param startedAt when its pack was started
 * @param finishedAt when it was finished
 * @param version of latentsweep that trained it
 */
public record MeasuredRun(
    RunId runId,
    String configHash,
    String target,
    int latentDim,
    long seed,
    Outcome outcome,
    int steps,
    @Nullable Double klForward,
    @Nullable Double ciLow,
    @Nullable Double ciHigh,
    @Nullable Double floor,
    @Nullable Long n,
    @Nullable Float dLoss,
    @Nullable Float gLoss,
    double trainSeconds,
    @Nullable Double stepsPerSecond,
    @Nullable Integer divergedAt,
    @Nullable String message,
    String backend,
    String device,
    String host,
    String attempt,
    Instant startedAt,
    Instant finishedAt,
    String version)
    implements OfCell {

  /** The query that gives these rows. */
  public static final String SQL =
      """
      SELECT r.run_id, r.config_hash, r.target, r.latent_dim, r.seed, r.outcome, r.steps,
        m.value AS kl_forward, m.ci_low, m.ci_high, m.floor, m.n, r.d_loss, r.g_loss,
        r.train_seconds, r.steps_per_second, r.diverged_at, r.message, r.backend, r.device, r.host,
        r.attempt, r.started_at, r.finished_at, r.version
      FROM runs r LEFT JOIN metrics m ON m.run_id = r.run_id AND m.step = r.steps
        AND m.metric = '%s' AND m.outcome = 'measured'
        AND round(m.bandwidth / %s, 6) = 1
      ORDER BY r.target, r.latent_dim, r.config_hash, r.seed
      """
          .formatted(SmoothedDivergences.KL_FORWARD, HeadlineBandwidth.sql("r.target"));
}
