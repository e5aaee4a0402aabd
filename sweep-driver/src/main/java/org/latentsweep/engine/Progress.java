package org.latentsweep.engine;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.latentsweep.table.RunRow;

/**
 * The progress of a sweep.
 *
 * @param total number of runs in the sweep
 * @param before number of runs that earlier calls did
 * @param done number of runs that are done, including those of earlier calls, whatever their
 *     outcome
 * @param failed number of runs that are done and failed
 * @param diverged number of runs that are done and diverged
 * @param elapsed time since this call began to train
 * @param latest the run that was reported last
 */
public record Progress(
    int total,
    int before,
    int done,
    int failed,
    int diverged,
    Duration elapsed,
    Optional<Latest> latest) {

  /**
   * A run and its losses after its last step.
   *
   * @param target target of the run
   * @param latentDim latent dimension k of the run
   * @param seed seed of the run
   * @param dLoss loss of the discriminator; NaN if no step was done
   * @param gLoss loss of the generator; NaN if no step was done
   */
  public record Latest(String target, int latentDim, long seed, double dLoss, double gLoss) {

    /** Returns the last losses in the row of a run. */
    public static Latest of(RunRow run) {
      return new Latest(
          run.target(), run.latentDim(), run.seed(), loss(run.dLoss()), loss(run.gLoss()));
    }

    private static double loss(Float loss) {
      return loss == null ? Double.NaN : loss;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s k=%d seed=%d d_loss %.3f g_loss %.3f",
          target,
          latentDim,
          seed,
          dLoss,
          gLoss);
    }
  }

  /**
   * Returns one line such as {@code 12/27 runs, 1 failed, 8.5 runs/min, 1 min 46 s left, ...},
   * which leaves out counts of zero and what is not known yet.
   */
  public String line() {
    StringBuilder line = new StringBuilder().append(done).append('/').append(total).append(" runs");
    append(line, failed, "failed");
    append(line, diverged, "diverged");
    double perSecond = (done - before) / (elapsed.toMillis() / 1e3);
    if (done > before && Double.isFinite(perSecond)) {
      line.append(String.format(Locale.ROOT, ", %.1f runs/min, ", perSecond * 60));
      line.append(DurationText.of((total - done) / perSecond)).append(" left");
    }
    latest.ifPresent(run -> line.append(", ").append(run));
    return line.toString();
  }

  private static void append(StringBuilder line, int count, String what) {
    if (count > 0) {
      line.append(", ").append(count).append(' ').append(what);
    }
  }
}
