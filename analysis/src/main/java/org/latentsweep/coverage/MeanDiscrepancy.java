package org.latentsweep.coverage;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

/**
 * The squared maximum mean discrepancy between a target p and samples q (Gretton et al. 2012), with
 * the kernel k of {@link ScaledKernel}, without bias: 1/(n(n - 1)) sum_{i != j} k(y_i, y_j) - 2/n
 * sum_i E k(X, y_i) + E k(X, X'). The squared discrepancy is not negative, but the estimate may be.
 *
 * <p>For each bandwidth, samples and target are spread onto the nodes of a {@link
 * DiscrepancyLattice} by cubic interpolation, which replaces its kernel by one within 1e-4 of it,
 * the same for all three terms. The sums over pairs are then convolutions. Samples outside the
 * smallest lattice are kept apart, and the kernel is evaluated exactly between them; if there are
 * more than {@value #MAX_OUTER}, that many represent all.
 *
 * <p>With the witness f(y) = E k(y, Y) - E k(y, X) and h the kernel centred under q, the variance
 * of a U-statistic is 4 Var f(Y) / n + 2 E h(Y, Y')^2 / n^2 to second order (Serfling 1980, section
 * 5.2). It is estimated by 4 / n times the variance of the estimated witness, which is larger than
 * Var f by E h^2 / n on average. So the result is too large by the second term, which makes up for
 * its being uncertain where that term matters. If m of M samples outside represent all, (1 - m / M)
 * (4 a^2 Var f / m + 2 a^4 E h^2 / m^2) is added, with a = M / n and both moments over the samples
 * outside.
 */
final class MeanDiscrepancy {
  /** Name of the metric, which has no unit. */
  public static final String MMD = "mmd";

  /** Chosen by judgement: it bounds the number of pairs, each of which is evaluated. */
  private static final int MAX_OUTER = 512;

  /** Share of each bandwidth in the kernel. */
  private static final double SHARE = 1.0 / ScaledKernel.COUNT;

  private final int dimensions;
  private final ScaledKernel kernel;
  private final List<Scale> scales; // by ascending bandwidth

  /**
   * Spreads a target onto the lattices.
   *
   * @param atoms the target as weighted atoms
   * @param kernel the kernel
   */
  MeanDiscrepancy(TargetDistribution target, TargetAtoms atoms, ScaledKernel kernel) {
    dimensions = target.dimensions();
    this.kernel = kernel;
    scales =
        Arrays.stream(kernel.bandwidths())
            .mapToObj(b -> new DiscrepancyLattice(dimensions, target.supportHalfWidth(), b))
            .map(lattice -> new Scale(lattice, atoms))
            .toList();
  }

  /**
   * Returns {@value #MMD} of samples, row-major [n, d], finite, n above 1. Where it takes some of
   * the samples, it takes the first, so these must not differ from the others.
   */
  Metric estimate(float[] points) {
    PlanarPoints samples = new PlanarPoints(points, dimensions);
    Sums sums = new Sums(samples);
    scales.forEach(sums::add);
    sums.addPairsOutside();
    return Metric.withNormalInterval(
        MMD,
        "u-statistic-gaussian-" + ScaledKernel.COUNT,
        sums.value(),
        Math.sqrt(sums.variance()),
        Double.NaN,
        samples.size(),
        kernel.scale(),
        Double.NaN);
  }

  /** A target on the lattice of one bandwidth. */
  private static final class Scale {
    final DiscrepancyLattice lattice;
    final double[][] target; // [rows, nodes], mass of p at the nodes
    final double[][] targetPotential; // [rows, nodes], E k(node, X)
    final double targetEnergy; // E k(X, X')

    Scale(DiscrepancyLattice lattice, TargetAtoms atoms) {
      this.lattice = lattice;
      target = lattice.zeros();
      for (int i = 0; i < atoms.count(); i++) {
        if (lattice.contains(atoms.x(i), atoms.y(i))) {
          lattice.spread(target, atoms.x(i), atoms.y(i), atoms.weight(i));
        }
      }
      targetPotential = lattice.convolve(target);
      targetEnergy = DiscrepancyLattice.dot(target, targetPotential);
    }
  }

  /** Sums over samples and scales. */
  private final class Sums {
    private final PlanarPoints samples;
    private final int n;
    private final int[] inner;
    private final int[] outer;
    private final int outside; // M, of which outer are the first
    private final double outerWeight; // share of all samples that each of outer stands for
    private final KernelPairs outerPairs;
    private final double[] innerWitness;
    private final double[] outerWitness;
    private double energy; // 1/n^2 sum_ij k(y_i, y_j)
    private double cross; // 1/n sum_i E k(X, y_i)
    private double targetEnergy;

    Sums(PlanarPoints samples) {
      this.samples = samples;
      n = samples.size();
      inner = IntStream.range(0, n).filter(this::isInside).toArray();
      outer = IntStream.range(0, n).filter(i -> !isInside(i)).limit(MAX_OUTER).toArray();
      outside = n - inner.length;
      outerWeight = outside == 0 ? 0 : (double) outside / outer.length / n;
      outerPairs = new KernelPairs(kernel, samples, outer);
      innerWitness = new double[inner.length];
      outerWitness = new double[outer.length];
    }

    private boolean isInside(int i) {
      return scales.get(0).lattice.contains(samples.x(i), samples.y(i));
    }

    /** Adds all but the pairs of samples outside, for one of the bandwidths. */
    void add(Scale scale) {
      DiscrepancyLattice lattice = scale.lattice;
      double[][] mass = lattice.zeros();
      for (int i : inner) {
        lattice.spread(mass, samples.x(i), samples.y(i), 1.0 / n);
      }
      double[][] difference = lattice.convolve(mass); // E k(node, Y) - E k(node, X)
      energy += SHARE * DiscrepancyLattice.dot(mass, difference);
      cross += SHARE * DiscrepancyLattice.dot(mass, scale.targetPotential);
      targetEnergy += SHARE * scale.targetEnergy;
      for (int o = 0; o < outer.length; o++) {
        addOuter(scale, mass, o);
        lattice.addPotential(difference, samples.x(outer[o]), samples.y(outer[o]), outerWeight);
      }
      subtract(difference, scale.targetPotential);
      for (int i = 0; i < inner.length; i++) {
        double f = lattice.interpolate(difference, samples.x(inner[i]), samples.y(inner[i]));
        innerWitness[i] += SHARE * f;
      }
    }

    /** Adds the pairs of a sample outside with the samples inside and with the target. */
    private void addOuter(Scale scale, double[][] mass, int o) {
      double x = samples.x(outer[o]);
      double y = samples.y(outer[o]);
      double fromInner = scale.lattice.potential(mass, x, y);
      double fromTarget = scale.lattice.potential(scale.target, x, y);
      energy += SHARE * 2 * outerWeight * fromInner;
      cross += SHARE * outerWeight * fromTarget;
      outerWitness[o] += SHARE * (fromInner - fromTarget);
    }

    private static void subtract(double[][] from, double[][] values) {
      for (int r = 0; r < from.length; r++) {
        for (int i = 0; i < from[r].length; i++) {
          from[r][i] -= values[r][i];
        }
      }
    }

    /**
     * Adds 1/n sum_j k(y_i, y_j) over all samples outside, for each of those taken. The term of the
     * sample itself is 1, and the other samples taken stand for the rest.
     */
    void addPairsOutside() {
      int m = outer.length;
      double others = m < 2 ? 0 : (outside - 1.0) / (m - 1);
      for (int o = 0; o < m; o++) {
        double fromOuter = (1 + others * outerPairs.rowSum(o)) / n;
        energy += outerWeight * fromOuter;
        outerWitness[o] += fromOuter;
      }
    }

    /** The pairs of a sample with itself, each 1, are in the energy and are subtracted. */
    double value() {
      return (n * energy - 1) / (n - 1.0) - 2 * cross + targetEnergy;
    }

    double variance() {
      return 4 * witnessVariance() / n + varianceOfTaking();
    }

    /** Returns the variance of f over all samples. */
    private double witnessVariance() {
      double innerWeight = 1.0 / n;
      double mean =
          innerWeight * Arrays.stream(innerWitness).sum()
              + outerWeight * Arrays.stream(outerWitness).sum();
      return innerWeight * squares(innerWitness, mean) + outerWeight * squares(outerWitness, mean);
    }

    private double varianceOfTaking() {
      double m = outer.length;
      if (m == outside) {
        return 0;
      }
      double ofWitness = squares(outerWitness, Arrays.stream(outerWitness).sum() / m) / (m - 1);
      double squaredShare = Math.pow((double) outside / n, 2); // a^2
      double secondOrder = 2 * squaredShare * squaredShare * outerPairs.centredSquare() / (m * m);
      return (1 - m / outside) * (4 * squaredShare * ofWitness / m + secondOrder);
    }

    private static double squares(double[] values, double from) {
      return Arrays.stream(values).map(v -> (v - from) * (v - from)).sum();
    }
  }
}
