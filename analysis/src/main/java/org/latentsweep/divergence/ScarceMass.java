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
   * Extrapolates int p log(p / q^) dx and int p log(p / (a q^ + (1 - a) p)) dx over these nodes
   * from n / 2 and n samples to infinitely many. With L one of them, L(inf) - L(n) = L(n) -
   * (L'(n/2) + L''(n/2)) / 2.
   *
   * @param points the samples, row-major [n, d]
   * @param samples q^ of all samples on the grid
   * @param far log q^ of all samples where {@code samples} cannot be trusted
   */
  ScarcePart part(
      TargetGrid target, float[] points, HalvedNodes halved, SampleDensity samples, FarField far) {
    double[] ofAll = divergences(target, samples, far);
    double[] extrapolation = ofAll.clone();
    for (int half = 0; half < 2; half++) {
      float[] every = everySecond(points, half, target.grid().dimensions());
      SampleDensity density = SampleDensity.of(target.grid(), target.bandwidth(), every);
      FarField beyond = new FarField(target.grid(), density.sites(), target.bandwidth());
      double[] ofHalf = divergences(target, density, beyond);
      extrapolation[0] -= ofHalf[0] / 2;
      extrapolation[1] -= ofHalf[1] / 2;
    }
    return new ScarcePart(mass(), extrapolation[0], extrapolation[1], width(halved, samples, far));
  }

  /** Returns the mass of the target in these nodes. */
  private double mass() {
    return nodes.stream().mapToDouble(NodeMass::mass).sum();
  }

  /**
   * Returns int p log(U / q^) dx over these nodes, where U is the upper confidence limit of q that
   * {@link GammaLimit} gives: by so much the divergence may be smaller than its plug-in value.
   *
   * @param samples q^ of all samples on the grid
   * @param far log q^ of all samples where {@code samples} cannot be trusted
   */
  private double width(HalvedNodes halved, SampleDensity samples, FarField far) {
    int n = samples.size();
    double sum = 0;
    for (NodeMass node : nodes) {
      double relativeVariance = halved.relativeVariance(node.row() / 2, node.column() / 2);
      boolean trusted = !Double.isNaN(relativeVariance);
      double y = trusted ? samples.all()[node.row()][node.column()] : 0;
      // sum_i r_i^2, of which relativeVariance is the part above 1 / n
      double concentration = (1 + relativeVariance * (n - 1)) / n;
      double v = trusted ? y * Math.min(y * concentration, halved.kernelPeak()) : 0;
      double logQ = trusted ? Math.log(y) : far.logDensity(node.row(), node.column());
      sum += node.mass() * (Math.log(GammaLimit.upper(y, v, halved.kernelPeak())) - logQ);
    }
    return sum;
  }

  private static float[] everySecond(float[] points, int first, int d) {
    int rows = (points.length / d - first + 1) / 2;
    float[] half = new float[rows * d];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(points, (2 * i + first) * d, half, i * d, d);
    }
    return half;
  }

  /** Returns {int p log(p / q^) dx, int p log(p / (a q^ + (1 - a) p)) dx} over these nodes. */
  private double[] divergences(TargetGrid target, SampleDensity density, FarField far) {
    double[] sums = new double[2];
    for (NodeMass node : nodes) {
      double q = density.all()[node.row()][node.column()];
      double logQ =
          q > density.minTrusted() ? Math.log(q) : far.logDensity(node.row(), node.column());
      double logRatio = logQ - target.logDensity()[node.row()][node.column()];
      sums[0] -= node.mass() * logRatio;
      sums[1] += node.mass() * Divergence.skewTerm(logRatio);
    }
    return sums;
  }
}
