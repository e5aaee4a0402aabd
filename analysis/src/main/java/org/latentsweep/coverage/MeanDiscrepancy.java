package org.latentsweep.coverage;

import java.util.Arrays;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

/**
 * The squared maximum mean discrepancy between a target p and samples q (Gretton et al. 2012), with
 * the Gaussian kernel k(x, y) = exp(-|x - y|^2 / 2b^2), without bias: 1/(n(n - 1)) sum_{i != j}
 * k(y_i, y_j) - 2/n sum_i E k(X, y_i) + E k(X, X'). It may be negative.
 *
 * <p>Samples and target are spread onto the nodes of a {@link DiscrepancyLattice} by cubic
 * interpolation, which replaces k by a kernel within 1e-4 of it, the same for all three terms. The
 * sums over pairs are then products of small matrices. Samples outside the lattice are added as
 * {@link OuterPoints}.
 *
 * <p>The standard error is that of a U-statistic to second order (Serfling 1980, section 5.2): 4
 * Var f(Y) / n + 2 E h(Y, Y')^2 / n^2, with the witness f(y) = E k(y, Y) - E k(y, X) and h the
 * kernel centred under q. The variance of the estimated witness is too large by E h^2 / n, which is
 * subtracted.
 */
final class MeanDiscrepancy {
  /** Name of the metric, which has no unit. */
  public static final String MMD = "mmd";

  private final int dimensions;
  private final DiscrepancyLattice lattice;
  private final double[][] target; // [rows, nodes], mass of p at the nodes
  private final double[][] targetPotential; // [rows, nodes], E k(node, X)
  private final double targetEnergy; // E k(X, X')

  private MeanDiscrepancy(int dimensions, DiscrepancyLattice lattice, double[][] target) {
    this.dimensions = dimensions;
    this.lattice = lattice;
    this.target = target;
    targetPotential = lattice.convolve(target);
    targetEnergy = DiscrepancyLattice.dot(target, targetPotential);
  }

  /**
   * Spreads a target onto the lattice.
   *
   * @param atoms the target as weighted atoms
   * @param b bandwidth of the kernel, above 0, in the units of the sample space
   */
  static MeanDiscrepancy of(TargetDistribution target, TargetAtoms atoms, double b) {
    DiscrepancyLattice lattice =
        new DiscrepancyLattice(target.dimensions(), target.supportHalfWidth(), b);
    DiscrepancyLattice.Spreader spreader = lattice.new Spreader();
    for (int i = 0; i < atoms.count(); i++) {
      spreader.add(atoms.x(i), atoms.y(i), atoms.weight(i));
    }
    return new MeanDiscrepancy(target.dimensions(), lattice, spreader.mass());
  }

  /** Returns {@value #MMD} of samples, row-major [n, d], finite, n above 1. */
  Metric estimate(float[] points) {
    PlanarPoints samples = new PlanarPoints(points, dimensions);
    int n = samples.size();
    DiscrepancyLattice.Spreader spreader = lattice.new Spreader();
    int[] outside = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (!spreader.add(samples.x(i), samples.y(i), 1.0 / n)) {
        outside[count++] = i;
      }
    }
    OuterPoints outer = OuterPoints.of(lattice, samples, Arrays.copyOf(outside, count));
    return estimate(spreader.mass(), outer, n);
  }

  /** Returns the metric from the mass of the samples inside and from those outside. */
  private Metric estimate(double[][] mass, OuterPoints outer, int n) {
    double[][] potential = lattice.convolve(mass); // E k(node, Y)
    double energy = DiscrepancyLattice.dot(mass, potential); // 1/n^2 sum_ij k(y_i, y_j)
    double cross = DiscrepancyLattice.dot(mass, targetPotential); // 1/n sum_i E k(X, y_i)
    WitnessSums witness = new WitnessSums();
    for (int o = 0; o < outer.size(); o++) {
      double w = outer.weight();
      double fromInner = outer.potential(o, mass);
      double fromTarget = outer.potential(o, target);
      double fromOuter = outer.potentialOfOuter(o);
      energy += w * (2 * fromInner + fromOuter);
      cross += w * fromTarget;
      witness.add(w, fromInner + fromOuter - fromTarget);
      outer.addTo(potential, o);
    }
    // the pairs of a sample with itself, each 1, are in the energy and are subtracted
    double value = (n * energy - 1) / (n - 1.0) - 2 * cross + targetEnergy;
    double error = standardError(mass, potential, energy, witness, n);
    return Metric.withNormalInterval(
        MMD, "u-statistic-gaussian", value, error, Double.NaN, n, lattice.bandwidth(), Double.NaN);
  }

  private double standardError(
      double[][] mass, double[][] potential, double energy, WitnessSums witness, int n) {
    double potentialSquares = 0;
    for (int r = 0; r < mass.length; r++) {
      for (int i = 0; i < mass[r].length; i++) {
        witness.add(mass[r][i], potential[r][i] - targetPotential[r][i]);
        potentialSquares += mass[r][i] * potential[r][i] * potential[r][i];
      }
    }
    double kernelSquares = DiscrepancyLattice.dot(mass, lattice.convolveSquared(mass));
    double secondOrder = Math.max(0, kernelSquares - 2 * potentialSquares + energy * energy);
    double degenerate = 2 * secondOrder / ((double) n * n);
    return Math.sqrt(Math.max(4 * witness.variance() / n - degenerate, degenerate));
  }

  /** Accumulates the witness f over the samples. */
  private static final class WitnessSums {
    private double sum;
    private double squares;

    /** Adds a value for a share of the samples. */
    void add(double share, double value) {
      sum += share * value;
      squares += share * value * value;
    }

    /** Returns the variance over the samples, once their shares add up to 1. */
    double variance() {
      return squares - sum * sum;
    }
  }
}
