package org.latentsweep.divergence;

import java.util.ArrayList;
import java.util.List;

/**
 * Estimates KL(p_h || q_h) where q_h is known by {@link BatchDensity}: B independent unbiased
 * estimates q_1 ... q_B of it.
 *
 * <p>With D the sum of p log(p / q^) over the nodes of the halved grid, where q^ is the mean of all
 * batches, and D_b the same without batch b, the value is that of the jackknife,
 *
 * <pre>B D - (B - 1) mean D_b,   standard error sqrt((B - 1) / B sum_b (D_b - mean)^2)</pre>
 *
 * without the bias of order 1/n that the logarithm causes. Where one batch makes up q^, its D_b is
 * greater by as much as leaving it out makes q^ smaller, so that the standard error grows with it.
 *
 * <p>A node is scarce if the variance of q^ is {@value HalvedNodes#SCARCE} of its square or more,
 * or if it is not reached. Such nodes may have more density than was found, up to the upper
 * confidence limit U of {@link GammaLimit} for the largest weight that a point can have. So the
 * divergence may be less by the sum of p log(U / q^) over them, the width.
 *
 * <p>Sources: M. Quenouille, "Notes on bias in estimation" (1956); J. Tukey, "Bias and confidence
 * in not quite large samples" (1958).
 */
final class ForwardJackknife {
  /** Mass of a node that is left out: all such nodes together have less than 1e-6. */
  private static final double NEGLIGIBLE = 1e-11;

  private final TargetGrid target;
  private final BatchDensity density;
  private final double largest; // density that a point can add
  private final double[] values; // q_b at a node, [B]
  private final double[] without; // D_b, [B]
  private final List<NodeMass> scarce = new ArrayList<>();
  private double all; // D
  private double width;

  private ForwardJackknife(TargetGrid target, BatchDensity density, double largest) {
    this.target = target;
    this.density = density;
    this.largest = largest;
    values = new double[density.batches()];
    without = new double[values.length];
  }

  /**
   * Estimates the divergence.
   *
   * @param density q_h
   * @param points number of points of all batches together
   * @param maxWeight the largest weight that a point can have
   */
  static ImportanceEstimate of(
      TargetGrid target, BatchDensity density, long points, double maxWeight) {
    double peak = target.grid().kernelPeak(target.bandwidth());
    ForwardJackknife sums = new ForwardJackknife(target, density, peak * maxWeight / points);
    sums.addNodes();
    return sums.estimate(points);
  }

  private void addNodes() {
    Grid halved = target.grid().halved();
    for (int i = 0; i < halved.rows(); i++) {
      for (int j = 0; j < halved.nodes(); j++) {
        double p = target.density()[2 * i][2 * j] * halved.cellVolume();
        if (p >= NEGLIGIBLE) {
          add(i, j, p);
        }
      }
    }
  }

  private void add(int i, int j, double p) {
    double logP = target.logDensity()[2 * i][2 * j];
    double q = density.values(i, j, values);
    if (!density.isReached(i, j, q)) {
      addUnreached(i, j, p, logP);
      return;
    }
    int batches = values.length;
    all += p * (logP - Math.log(q));
    double squares = 0;
    for (int b = 0; b < batches; b++) {
      double others = (q * batches - values[b]) / (batches - 1);
      without[b] += p * (logP - Math.log(Math.max(others, density.minTrusted())));
      squares += (values[b] - q) * (values[b] - q);
    }
    double variance = squares / (batches * (batches - 1));
    if (variance >= HalvedNodes.SCARCE * q * q) {
      addScarce(
          i, j, p, Math.log(q), GammaLimit.upper(q, Math.min(variance, q * largest), largest));
    }
  }

  private void addUnreached(int i, int j, double p, double logP) {
    double logQ = density.logDensity(i, j);
    all += p * (logP - logQ);
    for (int b = 0; b < without.length; b++) {
      without[b] += p * (logP - logQ);
    }
    addScarce(i, j, p, logQ, GammaLimit.upper(0, 0, largest));
  }

  private void addScarce(int i, int j, double p, double logQ, double upper) {
    scarce.add(new NodeMass(2 * i, 2 * j, p));
    width += p * Math.max(0, Math.log(upper) - logQ);
  }

  private ImportanceEstimate estimate(long points) {
    int batches = without.length;
    double mean = 0;
    for (double d : without) {
      mean += d / batches;
    }
    double squares = 0;
    for (double d : without) {
      squares += (d - mean) * (d - mean);
    }
    return new ImportanceEstimate(
        batches * all - (batches - 1) * mean,
        Math.sqrt((batches - 1.0) / batches * squares),
        width,
        scarce,
        points);
  }
}
