package org.latentsweep.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import smile.math.special.Beta;

/**
 * The variance over seeds of a metric's logarithm, pooled over the cells of one target. With few
 * seeds to a cell, one variance from all cells is far better known than one for each.
 *
 * @param value the variance
 * @param degreesOfFreedom the number of values minus the number of cells
 */
public record LogVariance(double value, double degreesOfFreedom) {
  /** The conventional level of the test that decides whether variances are pooled. */
  private static final double LEVEL = 0.05;

  /** Returns the standard deviation. */
  public double standardDeviation() {
    return Math.sqrt(value);
  }

  /**
   * Returns the pooled variance.
   *
   * @param cells the logarithms of each cell; cells with fewer than two are left out
   * @return empty if no cell has two values, or all values of each cell are equal
   */
  public static Optional<LogVariance> pooled(List<double[]> cells) {
    double squares = 0;
    double nu = 0;
    for (double[] cell : cells) {
      if (cell.length >= 2) {
        squares += MeanAndVariance.variance(cell) * (cell.length - 1);
        nu += cell.length - 1;
      }
    }
    return squares > 0 ? Optional.of(new LogVariance(squares / nu, nu)) : Optional.empty();
  }

  /**
   * Returns the pooled variance if a test allows that all cells have the same: Levene's test on the
   * distances from the cell's median (M. B. Brown and A. B. Forsythe (1974), "Robust tests for the
   * equality of variances", JASA 69), which holds its level for skewed values too. On distances
   * from the mean it rejects too often where runs collapse now and then, and the tests that follow
   * without pooling then have too many false positives with three seeds.
   *
   * @param cells the logarithms of each cell; cells with fewer than two are left out
   */
  public static Optional<LogVariance> common(List<double[]> cells) {
    List<double[]> spread = cells.stream().filter(cell -> cell.length >= 2).toList();
    return pooled(spread).filter(variance -> levene(spread) >= LEVEL);
  }

  /** Returns the p-value of the test: that of one-way analysis of variance of the distances. */
  static double levene(List<double[]> cells) {
    List<double[]> distances = cells.stream().map(LogVariance::fromMedian).toList();
    double[] all = distances.stream().flatMapToDouble(Arrays::stream).toArray();
    double mean = MeanAndVariance.mean(all);
    double between = 0;
    double within = 0;
    for (double[] cell : distances) {
      between += cell.length * Math.pow(MeanAndVariance.mean(cell) - mean, 2);
      within += MeanAndVariance.variance(cell) * (cell.length - 1);
    }
    double ofGroups = cells.size() - 1.0;
    double ofValues = all.length - cells.size();
    // P(F > f) = I(b/2, a/2; b / (b + a f)) with a and b degrees of freedom, a f = b between/within
    return ofGroups == 0 || within + between == 0
        ? 1
        : Beta.regularizedIncompleteBetaFunction(
            ofValues / 2, ofGroups / 2, within / (within + between));
  }

  private static double[] fromMedian(double[] cell) {
    double median = Medians.median(cell);
    return IntStream.range(0, cell.length).mapToDouble(i -> Math.abs(cell[i] - median)).toArray();
  }
}
