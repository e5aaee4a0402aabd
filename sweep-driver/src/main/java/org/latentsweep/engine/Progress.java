package org.latentsweep.engine;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.latentsweep.cli.Time;
import org.latentsweep.table.RunRow;

/**
 * How far a sweep is.
 *
 * @param total runs in the sweep
 * @param before of them, done by earlier calls
 * @param done of them, earlier ones included, however they ended
 * @param failed of those done
 * @param diverged of those done
 * @param elapsed since this call began to train
 * @param latest the run heard of last
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
   * The last losses of a run.
   *
   * @param target of the run
   * @param latentDim its latent dimension k
   * @param seed of the run
   * @param dLoss the discriminator's; NaN if no step was done
   * @param gLoss the generator's; NaN if no step was done
   */
  public record Latest(String target, int latentDim, long seed, double dLoss, double gLoss) {

    /** The last losses that a run's row holds. */
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
   * One line: {@code 12/27 runs, 1 failed, 8.5 runs/min, 1 min 46 s left, ...}. What is zero or not
   * known yet is left out.
   */
  public String line() {
    StringBuilder line = new StringBuilder().append(done).append('/').append(total).append(" runs");
    append(line, failed, "failed");
    append(line, diverged, "diverged");
    double perSecond = (done - before) / (elapsed.toMillis() / 1e3);
    if (done > before && Double.isFinite(perSecond)) {
      line.append(String.format(Locale.ROOT, ", %.1f runs/min, ", perSecond * 60));
      line.append(Time.text((total - done) / perSecond)).append(" left");
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
