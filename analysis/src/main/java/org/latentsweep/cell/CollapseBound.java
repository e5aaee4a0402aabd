package org.latentsweep.cell;

import org.latentsweep.coverage.Moments;
import org.latentsweep.metric.BoundedCache;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/**
 * The forward divergence above which a run counts as diverged in effect: its samples are then a
 * worse description of the target than a single point.
 *
 * <p>A generator that always draws the mean m of the target p has q * N_h = N(m, h^2 I), and p *
 * N_h is the mixture of N(x, h^2 I) over x from p. The divergence is convex, so KL(p * N_h || q *
 * N_h) is at most the mean of KL(N(x, h^2 I) || N(m, h^2 I)) = |x - m|^2 / (2 h^2) over x. This
 * mean is the bound: 25 nats for {@code gaussian}.
 */
final class CollapseBound {
  private static final int MAX_TARGETS = 64; // more than there are

  private static final BoundedCache<String, Double> BOUNDS = new BoundedCache<>(MAX_TARGETS);

  private CollapseBound() {}

  /** Returns the bound of a target in nats. */
  static double of(String target) {
    return BOUNDS.get(target, name -> compute(Targets.named(name)));
  }

  private static double compute(TargetDistribution target) {
    double h = target.defaultBandwidth();
    return Moments.meanSquaredDistance(target) / (2 * h * h);
  }
}
