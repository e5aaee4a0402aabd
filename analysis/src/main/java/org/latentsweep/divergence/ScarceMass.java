package org.latentsweep.divergence;

import java.util.ArrayList;
import java.util.List;

/**
 * The mass of the target where few samples make up the density estimate q^, so that expansions of
 * log q^ fail: see {@link SmoothedEstimator}.
 *
 * @param nodes the nodes with their masses, row by row
 */
record ScarceMass(List<NodeMass> nodes) {

  /** Makes the list immutable. */
  ScarceMass {
    nodes = List.copyOf(nodes);
  }

  /** Finds the nodes. */
  static ScarceMass of(HalvedNodes halved) {
    double cellVolume = halved.grid().cellVolume();
    List<NodeMass> nodes = new ArrayList<>();
    for (int i = 0; i < halved.grid().rows(); i++) {
      for (int j = 0; j < halved.grid().nodes(); j++) {
        double mass = halved.p(i, j) * cellVolume;
        boolean counts = halved.isTrusted(i, j) || !halved.isNegligible(i, j);
        if (counts && halved.isScarce(i, j) && mass > 0) {
          nodes.add(new NodeMass(2 * i, 2 * j, mass));
        }
      }
    }
    return new ScarceMass(nodes);
  }

  /**
   * Extrapolates L = - int p log q^ dx over these nodes from n / 2 and n samples to infinitely
   * many, and returns L(inf) - L(n) = L(n) - (L'(n/2) + L''(n/2)) / 2.
   *
   * @param points the samples, row-major [n, d]
   * @param samples q^ of all samples on the grid
   * @param far log q^ of all samples where {@code samples} cannot be trusted
   */
  double extrapolation(TargetGrid target, float[] points, SampleDensity samples, FarField far) {
    double fromHalves = 0;
    for (int half = 0; half < 2; half++) {
      float[] every = everySecond(points, half, target.grid().dimensions());
      SampleDensity density = SampleDensity.of(target.grid(), target.bandwidth(), every);
      FarField beyond = new FarField(target.grid(), density.sites(), target.bandwidth());
      fromHalves += crossEntropy(density, beyond) / 2;
    }
    return crossEntropy(samples, far) - fromHalves;
  }

  private static float[] everySecond(float[] points, int first, int d) {
    int rows = (points.length / d - first + 1) / 2;
    float[] half = new float[rows * d];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(points, (2 * i + first) * d, half, i * d, d);
    }
    return half;
  }

  /** Returns - int p log q^ dx over these nodes. */
  private double crossEntropy(SampleDensity density, FarField far) {
    double sum = 0;
    for (NodeMass node : nodes) {
      double q = density.all()[node.row()][node.column()];
      double logQ =
          q > density.minTrusted() ? Math.log(q) : far.logDensity(node.row(), node.column());
      sum -= node.mass() * logQ;
    }
    return sum;
  }
}
