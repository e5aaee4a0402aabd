package org.latentsweep.cell;

import java.util.Optional;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/**
 * One cell of a sweep's grid, as a report shows it.
 *
 * @param configHash of the cell
 * @param target name
 * @param latentDimension k
 * @param variant the hyperparameters besides those two in which the target's cells differ, such as
 *     {@code batch = 64}; empty where they differ in none
 * @param noise law of the latents
 * @param snapshotEvery steps between snapshots, 0 for none
 * @param runs however they ended
 * @param diverged of them
 * @param failed of them
 * @param diagnosis in words
 * @param shown the run whose samples are drawn: of those that completed the one of median KL_h
 *     forward, or of least seed where that is not known
 */
public record Cell(
    String configHash,
    String target,
    int latentDimension,
    String variant,
    NoiseLaw noise,
    int snapshotEvery,
    long runs,
    long diverged,
    long failed,
    Optional<String> diagnosis,
    Optional<ShownRun> shown) {

  /**
   * A run whose samples are drawn.
   *
   * @param id of the run
   * @param seed of the run
   * @param steps it was trained for
   */
  public record ShownRun(String id, long seed, int steps) {}

  public TargetDistribution distribution() {
    return Targets.named(target);
  }

  /** Such as {@code k = 2, batch = 64}. */
  public String labelInTarget() {
    return labelInPanel() + (variant.isEmpty() ? "" : ", " + variant);
  }

  /** What the cells that differ from this one in k alone are called together. */
  public String panel() {
    return target + (variant.isEmpty() ? "" : ", " + variant);
  }

  /** Such as {@code k = 2}. */
  public String labelInPanel() {
    return "k = " + latentDimension;
  }

  public String label() {
    return target + ", " + labelInTarget();
  }
}
