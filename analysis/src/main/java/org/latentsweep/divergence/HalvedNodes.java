package org.latentsweep.divergence;

import java.util.ArrayList;
import java.util.List;

/**
 * Every second node of a grid on each axis, with the densities p and q and the relative variance V
 * / q^2 of {@link SmoothedEstimator} there. The integrals over these nodes vary no faster than q
 * and need less accuracy than the divergences themselves. Immutable.
 */
final class HalvedNodes {
  /**
   * The V / q^2 from which samples are scarce. Where m samples of equal weight make up q^, V / q^2
   * is about 1 / m. Chosen by judgement: with m = 4 samples or fewer, leaving one of them out
   * changes q^ by a quarter or more, which is too much for an expansion.
   */
  static final double SCARCE = 0.25;

  /**
   * The V / q^2 from which samples are thin: there importance sampling adds to them. Chosen by
   * judgement: a quarter as many samples leave about as many as are not scarce.
   */
  private static final double THIN = 1.0 / 64;

  private final TargetGrid target;
  private final SampleDensity samples;
  private final double[][] relativeVariance; // [rows, nodes], NaN where q cannot be trusted

  private HalvedNodes(TargetGrid target, SampleDensity samples, double[][] relativeVariance) {
    this.target = target;
    this.samples = samples;
    this.relativeVariance = relativeVariance;
  }

  /** Computes V / q^2 at the nodes. */
  static HalvedNodes of(TargetGrid target, SampleDensity samples) {
    double[][] squared = samples.squaredKernel();
    double[][] variance = target.grid().halved().zeros();
    for (int i = 0; i < variance.length; i++) {
      for (int j = 0; j < variance[i].length; j++) {
        double q = samples.all()[2 * i][2 * j];
        variance[i][j] =
            q > samples.minTrusted()
                ? samples.relativeVariance(squared[i][j] / (q * q * samples.size()))
                : Double.NaN;
      }
    }
    return new HalvedNodes(target, samples, variance);
  }

  /** Returns the lattice of these nodes. */
  Grid grid() {
    return target.grid().halved();
  }

  /** Returns p at a node. */
  double p(int i, int j) {
    return target.density()[2 * i][2 * j];
  }

  /** Returns log p at a node. */
  double logP(int i, int j) {
    return target.logDensity()[2 * i][2 * j];
  }

  /** Returns q at a node. */
  double q(int i, int j) {
    return samples.all()[2 * i][2 * j];
  }

  /** Returns the part of q at a node that comes from the inner samples. */
  double innerQ(int i, int j) {
    return samples.inner()[2 * i][2 * j];
  }

  /** Returns V / q^2 at a node, in [0, 1]; NaN where q cannot be trusted. */
  double relativeVariance(int i, int j) {
    return relativeVariance[i][j];
  }

  /** Returns the largest density that one sample can add to q^. */
  double kernelPeak() {
    return grid().kernelPeak(target.bandwidth()) / samples.size();
  }

  /** Returns whether q at a node can be trusted. */
  boolean isTrusted(int i, int j) {
    return !Double.isNaN(relativeVariance[i][j]);
  }

  /**
   * Returns whether so few samples make up q at a node that expansions of log q fail: V / q^2 is
   * {@value #SCARCE} or more, or q cannot be trusted.
   */
  boolean isScarce(int i, int j) {
    return !(relativeVariance[i][j] < SCARCE);
  }

  /** Returns the nodes of the target where the samples are thin, with their masses. */
  List<NodeMass> thin() {
    List<NodeMass> nodes = new ArrayList<>();
    for (int i = 0; i < relativeVariance.length; i++) {
      for (int j = 0; j < relativeVariance[i].length; j++) {
        if (!isNegligible(i, j) && !(relativeVariance[i][j] < THIN)) {
          nodes.add(new NodeMass(2 * i, 2 * j, p(i, j) * grid().cellVolume()));
        }
      }
    }
    return nodes;
  }

  /** Returns whether the mass of the target at a node is negligible. */
  boolean isNegligible(int i, int j) {
    return target.isNegligible(p(i, j));
  }

  /** Returns the values of a function at the nodes where q can be trusted, and 0 elsewhere. */
  double[][] map(NodeFunction function) {
    double[][] values = grid().zeros();
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] = isTrusted(i, j) ? function.at(i, j) : 0;
      }
    }
    return values;
  }

  /** A function of the row and the column of a node. */
  interface NodeFunction {
    /** Returns the value at a node. */
    double at(int i, int j);
  }
}
