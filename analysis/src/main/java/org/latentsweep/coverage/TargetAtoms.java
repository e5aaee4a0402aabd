package org.latentsweep.coverage;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.numbers.gamma.InverseErf;
import org.latentsweep.metric.KroneckerSteps;
import org.latentsweep.target.Mode;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * A target as a sum of weighted atoms, for the integrals that have no closed form: the points of a
 * low-discrepancy sequence, mapped by the quantile function of each mode, or by the natural map if
 * there are no modes. The error of an integral decreases almost as 1 / {@value #COUNT}, far below
 * that of any number of samples. Immutable.
 *
 * <p>The sequence is Kronecker's: u_i = frac(1/2 + i a), with a of {@link KroneckerSteps}.
 */
final class TargetAtoms {
  /** Chosen by judgement: the atoms are computed once per target. */
  private static final int COUNT = 1 << 17;

  private final int dimensions;
  private final double[] points; // [N, d]
  private final double[] weight; // [N]

  private TargetAtoms(int dimensions, double[] points, double[] weight) {
    this.dimensions = dimensions;
    this.points = points;
    this.weight = weight;
  }

  /**
   * Places the atoms of a target.
   *
   * @throws IllegalArgumentException if the target has neither modes nor a natural map from uniform
   *     latents
   */
  static TargetAtoms of(TargetDistribution target) {
    return target.modes().isEmpty()
        ? ofMap(target.naturalMap(), target.dimensions())
        : ofModes(target.modes(), target.dimensions());
  }

  private static TargetAtoms ofModes(List<Mode> modes, int dimensions) {
    int each = (COUNT + modes.size() - 1) / modes.size();
    double[] weight = new double[each * modes.size()];
    double[] points = new double[weight.length * dimensions];
    Kronecker sequence = new Kronecker(dimensions, each);
    for (int m = 0; m < modes.size(); m++) {
      Mode mode = modes.get(m);
      Arrays.fill(weight, m * each, (m + 1) * each, mode.weight() / each);
      for (int i = 0; i < each; i++) {
        for (int a = 0; a < dimensions; a++) {
          double normal = Math.sqrt(2) * InverseErf.value(2 * sequence.at(i, a) - 1);
          points[(m * each + i) * dimensions + a] =
              mode.centre().get(a) + mode.standardDeviation() * normal;
        }
      }
    }
    return new TargetAtoms(dimensions, points, weight);
  }

  private static TargetAtoms ofMap(NaturalMap map, int dimensions) {
    if (!(map.noise() instanceof NoiseLaw.Uniform noise)) {
      throw new IllegalArgumentException(
          "Cannot place a target's atoms: without modes its natural map must take uniform noise,"
              + " found "
              + map.noise());
    }
    double[] weight = new double[COUNT];
    Arrays.fill(weight, 1.0 / COUNT);
    double[] points = new double[COUNT * dimensions];
    Kronecker sequence = new Kronecker(map.latentDimension(), COUNT);
    double[] z = new double[map.latentDimension()];
    double[] x = new double[dimensions];
    for (int i = 0; i < COUNT; i++) {
      for (int a = 0; a < z.length; a++) {
        z[a] = noise.low() + (noise.high() - noise.low()) * sequence.at(i, a);
      }
      map.map(z, x);
      System.arraycopy(x, 0, points, i * dimensions, dimensions);
    }
    return new TargetAtoms(dimensions, points, weight);
  }

  /** Returns N, the number of atoms. */
  int count() {
    return weight.length;
  }

  /** Returns the mass of an atom; all masses add up to 1. */
  double weight(int atom) {
    return weight[atom];
  }

  /** Returns x of an atom. */
  double x(int atom) {
    return points[atom * dimensions];
  }

  /** Returns y of an atom, 0 in one dimension. */
  double y(int atom) {
    return dimensions == 1 ? 0 : points[atom * dimensions + 1];
  }

  /** The sequence in (0, 1)^k; for k = 1 evenly spaced points, which are better. */
  private static final class Kronecker {
    private final double[] step; // [k]

    Kronecker(int k, int count) {
      step = k == 1 ? new double[] {1.0 / count} : KroneckerSteps.of(k);
    }

    double at(int i, int axis) {
      if (step.length == 1) {
        return (i + 0.5) * step[0];
      }
      double u = 0.5 + i * step[axis];
      return u - Math.floor(u);
    }
  }
}
