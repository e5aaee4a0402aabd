package org.latentsweep.network;

import java.io.Serializable;

/**
 * The settings of Adam (Kingma and Ba 2015, algorithm 1) with bias correction: m = b1 m + (1 - b1)
 * g, v = b2 v + (1 - b2) g^2, w = w - lr * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon).
 *
 * @param learningRate lr, above 0
 * @param beta1 b1, the decay of the first moment, in [0, 1)
 * @param beta2 b2, the decay of the second moment, in [0, 1)
 * @param epsilon added to the denominator, above 0
 */
public record AdamSpec(double learningRate, double beta1, double beta2, double epsilon)
    implements Serializable {

  /** Checks the ranges. */
  public AdamSpec {
    require(
        learningRate > 0 && Double.isFinite(learningRate), "learning-rate", learningRate, "> 0");
    require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "in [0, 1)");
    require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "in [0, 1)");
    require(epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "> 0");
  }

  private static void require(boolean holds, String name, double value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Cannot make Adam: " + name + " must be " + range + ", found " + value);
    }
  }
}
