package org.latentsweep.coverage;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.numbers.gamma.InverseErf;
import org.latentsweep.target.Mode;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * A target as a sum of weighted atoms, for the integrals that have no closed form: a
 * low-discrepancy sequence pushed through each mode's quantile function, or through the natural map
 * where there are no modes. The error of an integral falls almost as 1 / {@value #COUNT}, far below
 * that of any number of samples.
 *
 * <p>The sequence is Kronecker's with the generalised golden ratio: u_i = frac(1/2 + i a) with a =
 * (1/g, 1/g^2, ...) and g^(k + 1) = g + 1 (Roberts 2018, "The unreasonable effectiveness of
 * quasirandom sequences").
 */
final class TargetAtoms {
  private static final int COUNT = 1 << 17;

  private final int dimensions;
  private final double[] points; // [N, d]
  private final double[] weight; // [N]

  /**
   * Places the atoms.
   *
   * @throws IllegalArgumentException if the target has neither modes nor a natural map from uniform
   *     latents
   */
  TargetAtoms(TargetDistribution target) {
    dimensions = target.dimensions();
    List<Mode> modes = target.modes();
    int each = modes.isEmpty() ? COUNT : (COUNT + modes.size() - 1) / modes.size();
    weight = new double[modes.isEmpty() ? COUNT : each * modes.size()];
    points = new double[weight.length * dimensions];
    if (modes.isEmpty()) {
      Arrays.fill(weight, 1.0 / COUNT);
      pushThrough(target.naturalMap());
    } else {
      for (int m = 0; m < modes.size(); m++) {
        Arrays.fill(weight, m * each, (m + 1) * each, modes.get(m).weight() / each);
        fillMode(modes.get(m), m * each, each);
      }
    }
  }

  private void fillMode(Mode mode, int from, int count) {
    Kronecker sequence = new Kronecker(dimensions, count);
    for (int i = 0; i < count; i++) {
      for (int a = 0; a < dimensions; a++) {
        double normal = Math.sqrt(2) * InverseErf.value(2 * sequence.at(i, a) - 1);
        points[(from + i) * dimensions + a] =
            mode.centre().get(a) + mode.standardDeviation() * normal;
      }
    }
  }

  private void pushThrough(NaturalMap map) {
    if (!(map.noise() instanceof NoiseLaw.Uniform noise)) {
      throw new IllegalArgumentException(
          "Cannot place a target's atoms: without modes its natural map must take uniform noise,"
              + " found "
              + map.noise());
    }
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
  }

  int count() {
    return weight.length;
  }

  double weight(int atom) {
    return weight[atom];
  }

  double x(int atom) {
    return points[atom * dimensions];
  }

  /** Zero in one dimension. */
  double y(int atom) {
    return dimensions == 1 ? 0 : points[atom * dimensions + 1];
  }

  /** The sequence in (0, 1)^k. */
  private static final class Kronecker {
    private final double[] step; // [k]

    Kronecker(int k, int count) {
      step = new double[k];
      if (k == 1) {
        step[0] = 1.0 / count; // evenly spaced is best
        return;
      }
      double g = 2;
      for (int i = 0; i < 64; i++) {
        g = Math.pow(1 + g, 1.0 / (k + 1)); // contracts to the root
      }
      for (int a = 0; a < k; a++) {
        step[a] = Math.pow(g, -(a + 1));
      }
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
