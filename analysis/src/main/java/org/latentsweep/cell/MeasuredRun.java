package org.latentsweep.cell;

import java.time.Instant;
import java.util.Locale;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.table.Nullable;
import org.latentsweep.table.RunRow;

/**
 * A finished run as a report lists it: columns of its row of {@code runs}, with its divergences
 * after the last step, at the bandwidth at which its target is quoted. What is null in {@code runs}
 * is null here. A divergence and its numbers are null if they were not measured.
 *
 * @param runId the run's id
 * @param configHash the configuration hash of its cell
 * @param target the name of its target
 * @param latentDim the latent dimension k
 * @param seed the seed of all its random numbers
 * @param outcome how it ended
 * @param steps the number of steps that were asked for
 * @param klSkew the skew divergence in nats, by which runs are ranked
 * @param klForward the forward divergence in nats
 * @param ciLow the lower end of the forward divergence's 95% interval
 * @param ciHigh the upper end of the forward divergence's 95% interval; infinite if it is open
 * @param floor the mean forward divergence of samples of the target itself
 * @param n the number of samples that were measured
 * @param reason what a reader must know of the forward divergence, such as why its interval is open
 * @param dLoss the discriminator's last loss
 * @param gLoss the generator's last loss
 * @param trainSeconds the time that its training steps took
 * @param stepsPerSecond the steps done divided by that time
 * @param divergedAt the step at which it diverged
 * @param message the message of the exception that ended it
 * @param backend the name of the back end that trained it, and why it was chosen
 * @param device the device that trained it
 * @param host the host that trained it
 * @param attempt the attempt of the task that trained it
 * @param startedAt when the training of its pack started
 * @param finishedAt when its training finished
 * @param version the version of latentsweep that trained it
 */
public record MeasuredRun(
    RunId runId,
    String configHash,
    String target,
    int latentDim,
    long seed,
    Outcome outcome,
    int steps,
    @Nullable Double klSkew,
    @Nullable Double klForward,
    @Nullable Double ciLow,
    @Nullable Double ciHigh,
    @Nullable Double floor,
    @Nullable Long n,
    @Nullable String reason,
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
      String.format(
          Locale.ROOT,
          """
      SELECT r.run_id, r.config_hash, r.target, r.latent_dim, r.seed, r.outcome, r.steps,
        skew.value AS kl_skew, m.value AS kl_forward, m.ci_low, m.ci_high, m.floor, m.n, m.reason,
        r.d_loss, r.g_loss, r.train_seconds, r.steps_per_second, r.diverged_at,
        r.message, r.backend, r.device, r.host, r.attempt, r.started_at, r.finished_at, r.version
      FROM runs r
      LEFT JOIN metrics m ON m.run_id = r.run_id AND m.step = r.steps AND %s
      LEFT JOIN metrics skew ON skew.run_id = r.run_id AND skew.step = r.steps AND %s
      ORDER BY r.target, r.latent_dim, r.config_hash, r.seed
      """,
          HeadlineBandwidth.measured("m", SmoothedDivergences.KL_FORWARD, "r.target"),
          HeadlineBandwidth.measured("skew", SmoothedDivergences.KL_SKEW, "r.target"));

  /** Returns the divergence that the run is ranked by; NaN if there is none. */
  public double ranked() {
    Double divergence = klSkew == null ? klForward : klSkew;
    return divergence == null ? Double.NaN : divergence;
  }

  /** Returns the row of a run whose divergences were not read. */
  public static MeasuredRun withoutDivergence(RunRow run) {
    return new MeasuredRun(
        run.runId(),
        run.configHash(),
        run.target(),
        run.latentDim(),
        run.seed(),
        run.outcome(),
        run.steps(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        run.dLoss(),
        run.gLoss(),
        run.trainSeconds(),
        run.stepsPerSecond(),
        run.divergedAt(),
        run.message(),
        run.backend(),
        run.device(),
        run.host(),
        run.attempt(),
        run.startedAt(),
        run.finishedAt(),
        run.version());
  }
}
