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
 * @param runId its id
 * @param sweep name of the sweep that asked for it
 * @param target name
 * @param noise law of the generator's input
 * @param latentDim latent dimension k
 * @param seed from which all its random numbers come
 * @param configHash of its grid cell: the same for runs that differ in the seed alone
 * @param config all that determines its result, as JSON
 * @param outcome how it ended
 * @param message of the exception that failed it; null unless it failed
 * @param divergedAt the step at which it diverged; null unless it did
 * @param steps that were asked for
 * @param stepsDone that were done; rows of format 2, which had no such column, get it from the rate
 * @param generatorParameters how many the generator has
 * @param discriminatorParameters how many the discriminator has
 * @param dLoss the discriminator's last loss; null if no step was done
 * @param gLoss the generator's last loss; null if no step was done
 * @param trainSeconds time in its training steps
 * @param stepsPerSecond steps done / trainSeconds; null if that was no time
 * @param packSize how many runs were trained together
 * @param backend name of the back end that trained it, and why that was chosen
 * @param device that it ran on
 * @param host that it ran on
 * @param attempt of the task that trained it
 * @param startedAt when its pack was started
 * @param finishedAt when it was finished
 * @param version of latentsweep that trained it
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
    implements OfRun, Serializable {

  /** The same as the compact constructor does, for SQL views. */
  public static final String STEPS_DONE_SQL =
      "coalesce(steps_done, CAST(round(coalesce(steps_per_second, 0) * train_seconds) AS INT))";

  /**
   * Computes the steps that were done where they are null: the rate times the seconds, rounded.
   * Keeps the microseconds of times, which is what the table holds.
   */
  public RunRow {
    startedAt = startedAt.truncatedTo(ChronoUnit.MICROS);
    finishedAt = finishedAt.truncatedTo(ChronoUnit.MICROS);
    if (stepsDone == null) {
      stepsDone = stepsPerSecond == null ? 0 : (int) Math.round(stepsPerSecond * trainSeconds);
    }
  }
}
