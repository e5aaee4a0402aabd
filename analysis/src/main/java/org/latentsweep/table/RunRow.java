package org.latentsweep.table;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.target.NoiseLaw;

/**
 * A row of {@code runs}: a finished run.
 *
 * @param runId the run's id
 * @param sweep the name of the sweep that the run was trained for
 * @param target the name of the target
 * @param noise the distribution of the generator's input
 * @param latentDim the latent dimension k
 * @param seed the seed of all random numbers of the run
 * @param configHash the configuration hash of its grid cell, which is equal for runs that differ
 *     only in the seed
 * @param config everything that determines the result, as JSON
 * @param outcome how the run ended
 * @param message the message of the exception that ended the run; null unless it failed
 * @param divergedAt the step at which the run diverged; null unless it did
 * @param steps the number of steps that were asked for
 * @param stepsDone the number of steps that were done; null only in files of format 2, which had no
 *     such column, and then computed from the rate
 * @param generatorParameters the number of the generator's parameters
 * @param discriminatorParameters the number of the discriminator's parameters
 * @param dLoss the discriminator's last loss; null if no step was done
 * @param gLoss the generator's last loss; null if no step was done
 * @param trainSeconds the time that the training steps took
 * @param stepsPerSecond the steps done divided by that time; null if the time is zero
 * @param packSize how many runs were trained together
 * @param backend the name of the back end that trained the run, and why it was chosen
 * @param device the device that trained the run
 * @param host the host that trained the run
 * @param attempt the attempt of the task that trained the run
 * @param startedAt when the training of the run's pack started
 * @param finishedAt when the training of the run finished
 * @param version the version of latentsweep that trained the run
 */
public record RunRow(
    RunId runId,
    String sweep,
    String target,
    NoiseLaw noise,
    int latentDim,
    long seed,
    String configHash,
    String config,
    Outcome outcome,
    @Nullable String message,
    @Nullable Integer divergedAt,
    int steps,
    @Nullable Integer stepsDone,
    long generatorParameters,
    long discriminatorParameters,
    @Nullable Float dLoss,
    @Nullable Float gLoss,
    double trainSeconds,
    @Nullable Double stepsPerSecond,
    int packSize,
    String backend,
    String device,
    String host,
    String attempt,
    Instant startedAt,
    Instant finishedAt,
    String version)
    implements RowOfRun, Serializable {

  /**
   * The steps done as an SQL expression, which computes nulls as the constructor does. A test on an
   * output folder of format 2 checks that both give the same numbers.
   */
  public static final String STEPS_DONE_SQL =
      "coalesce(steps_done, CAST(round(coalesce(steps_per_second, 0) * train_seconds) AS INT))";

  /**
   * Computes the steps done if they are null, as the rate times the seconds, rounded. Truncates
   * times to microseconds, which is the precision of the table.
   */
  public RunRow {
    startedAt = startedAt.truncatedTo(ChronoUnit.MICROS);
    finishedAt = finishedAt.truncatedTo(ChronoUnit.MICROS);
    if (stepsDone == null) {
      stepsDone = stepsPerSecond == null ? 0 : (int) Math.round(stepsPerSecond * trainSeconds);
    }
  }
}
