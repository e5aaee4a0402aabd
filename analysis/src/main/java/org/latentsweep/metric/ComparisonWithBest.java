package org.latentsweep.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The comparison of one cell with the best of all other cells of its target, on logarithms of a
 * metric of which less is better: Hsu's multiple comparisons with the best (J. C. Hsu (1984),
 * "Constrained simultaneous confidence intervals for multiple comparisons with the best", Annals of
 * Statistics 12).
 *
 * <p>With m_i the mean logarithm of cell i, s_ij the standard error of m_i - m_j, and d_i the
 * one-sided quantile for all comparisons with cell i (Dunnett's), the interval of the mean
 * logarithm of cell i minus the least of the others is from
 *
 * <pre>min(0, max_j (m_i - m_j - d_i s_ij))  to  max(0, max_(j in G) (m_i - m_j + d_j s_ij))</pre>
 *
 * <p>over j other than i, where G is the set of the cells whose lower end is below 0; the upper end
 * is 0 if i alone is in G. All intervals hold together with 95%. A cell outside G is not the best.
 * The variance is the one that the cells share; where a test finds that they do not, s_ij and its
 * degrees of freedom are Welch's, and d_i is a quantile of Student's distribution with Bonferroni's
 * correction.
 *
 * @param low lower end of the interval, at most 0; NaN if the cell was not compared, because it or
 *     all others have fewer than three values
 * @param high upper end of the interval, at least 0; NaN likewise
 * @param moreSeeds how many more seeds each cell would take to find with 80% probability that this
 *     cell is not the best, if the means and variances are what they seem; 0 if that is found, and
 *     for the cell of the least mean; infinite if it has the same mean; NaN if it was not compared
 */
public record ComparisonWithBest(double low, double high, double moreSeeds) {
  private static final double LEVEL = 0.05;

  /** The 0.8 quantile of the standard normal distribution. */
  private static final double Z80 = 0.8416212335729143;

  private static final ComparisonWithBest NONE =
      new ComparisonWithBest(Double.NaN, Double.NaN, Double.NaN);

  /** Returns whether the cell cannot be excluded from being the best. */
  public boolean mayBeBest() {
    return !(low >= 0);
  }

  /**
   * Compares every cell with the best of the others.
   *
   * @param cells the logarithms of each cell, finite
   */
  public static List<ComparisonWithBest> of(List<double[]> cells) {
    List<double[]> tested = cells.stream().filter(cell -> cell.length >= TTest.MIN_VALUES).toList();
    if (tested.size() < 2 || LogVariance.pooled(tested).isEmpty()) {
      return cells.stream().map(cell -> NONE).toList();
    }
    List<ComparisonWithBest> found = new ComparedFamily(tested).compare();
    List<ComparisonWithBest> all = new ArrayList<>();
    int next = 0;
    for (double[] cell : cells) {
      all.add(cell.length >= TTest.MIN_VALUES ? found.get(next++) : NONE);
    }
    return all;
  }

  /** Cells that are compared with each other. */
  private static final class ComparedFamily {
    private final List<double[]> cells;
    private final Optional<LogVariance> common;
    private final double[] means;
    private final double[] quantiles; // d_i, if there is a common variance

    ComparedFamily(List<double[]> cells) {
      this.cells = cells;
      this.common = LogVariance.common(cells);
      this.means = cells.stream().mapToDouble(MeanAndVariance::mean).toArray();
      this.quantiles =
          IntStream.range(0, cells.size())
              .mapToDouble(i -> common.map(v -> dunnett(i, v)).orElse(Double.NaN))
              .toArray();
    }

    private double dunnett(int control, LogVariance variance) {
      List<Integer> others = others(control).mapToObj(j -> cells.get(j).length).toList();
      return DunnettQuantile.of(others, cells.get(control).length, variance.degreesOfFreedom());
    }

    private IntStream others(int i) {
      return IntStream.range(0, cells.size()).filter(j -> j != i);
    }

    List<ComparisonWithBest> compare() {
      double[] low = IntStream.range(0, cells.size()).mapToDouble(this::low).toArray();
      int least = 0;
      for (int i = 1; i < means.length; i++) {
        least = means[i] < means[least] ? i : least;
      }
      List<ComparisonWithBest> compared = new ArrayList<>();
      for (int i = 0; i < low.length; i++) {
        double more = i == least || low[i] >= 0 ? 0 : moreSeeds(i, least);
        compared.add(new ComparisonWithBest(low[i], high(i, low), more));
      }
      return compared;
    }

    private double low(int i) {
      return Math.min(
          0, others(i).mapToDouble(j -> means[i] - means[j] - half(i, j)).max().orElseThrow());
    }

    private double high(int i, double[] low) {
      return others(i)
          .filter(j -> low[j] < 0)
          .mapToDouble(j -> means[i] - means[j] + half(j, i))
          .reduce(0, Math::max);
    }

    /** Returns the half width of the one-sided interval of a cell and a control. */
    private double half(int control, int cell) {
      int n0 = cells.get(control).length;
      int n = cells.get(cell).length;
      if (common.isPresent()) {
        return quantiles[control] * Math.sqrt(common.get().value() * (1.0 / n0 + 1.0 / n));
      }
      double of0 = MeanAndVariance.variance(cells.get(control)) / n0;
      double ofCell = MeanAndVariance.variance(cells.get(cell)) / n;
      double both = of0 + ofCell;
      if (both == 0) {
        return Double.POSITIVE_INFINITY; // nothing is known of the spread of either cell
      }
      double nu = both * both / (of0 * of0 / (n0 - 1) + ofCell * ofCell / (n - 1));
      return StudentT.quantile(2 * LEVEL / (cells.size() - 1), nu) * Math.sqrt(both);
    }

    /**
     * With n seeds in each cell the half width is h sqrt(n_now / n), and the difference of the
     * means must exceed it by 0.84 standard errors to be found with 80% probability.
     */
    private double moreSeeds(int i, int least) {
      double n0 = cells.get(i).length;
      double n = cells.get(least).length;
      double now = 2 / (1 / n0 + 1 / n); // seeds to a cell that give the same standard error
      double error =
          common
              .map(v -> Math.sqrt(v.value() * (1 / n0 + 1 / n)))
              .orElseGet(
                  () ->
                      Math.sqrt(
                          MeanAndVariance.variance(cells.get(i)) / n0
                              + MeanAndVariance.variance(cells.get(least)) / n));
      double needed = Math.pow((half(i, least) + Z80 * error) / (means[i] - means[least]), 2) * now;
      return Math.max(1, Math.ceil(needed - Math.min(n0, n)));
    }
  }
}
