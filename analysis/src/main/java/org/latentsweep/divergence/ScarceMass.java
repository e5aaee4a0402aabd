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
        if (counts && halved.isScarce(i, j)) {
          nodes.add(new NodeMass(2 * i, 2 * j, mass));
        }
      }
    }
    return new ScarceMass(nodes);
  }

  /**
   * Compares the divergences over these nodes from all samples with those from their halves.
   *
   * @param points the samples, row-major [n, d]
   * @param samples q^ of all samples on the grid
   * @param far log q^ of all samples where {@code samples} cannot be trusted
   */
  ScarcePart part(
      TargetGrid target, float[] points, HalvedNodes halved, SampleDensity samples, FarField far) {
    PlugIn change =
        PlugIn.of(nodes, target, samples, far)
            .changeFrom(ofHalf(target, points, 0), ofHalf(target, points, 1));
    return new ScarcePart(mass(), change, width(halved, samples, far));
  }

  private PlugIn ofHalf(TargetGrid target, float[] points, int first) {
    float[] half = everySecond(points, first, target.grid().dimensions());
    SampleDensity density = SampleDensity.of(target.grid(), target.bandwidth(), half);
    FarField far = new FarField(target.grid(), density.sites(), target.bandwidth());
    return PlugIn.of(nodes, target, density, far);
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
}
