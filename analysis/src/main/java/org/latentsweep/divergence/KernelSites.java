package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The samples of a kernel density estimate, grouped into sites: the samples of one lattice cell are
 * taken together as a count c_s at their mean m_s. A cell with a single sample, as those at the
 * edge of a sample are, is exact. {@link KernelQuery} evaluates the density.
 *
 * <p>Sites are kept row by row of lattice cells, and along each row in the order of x. Coordinates
 * may be as large as floats can be. Immutable.
 */
final class KernelSites {
  private final int dimensions;
  private final int samples;
  private final double[] x; // [sites]
  private final double[] y; // [sites]
  private final double[] count; // [sites]
  private final double[] logCount; // [sites]
  private final int[] rowStart; // [rows + 1], first site of each row, then the number of sites
  private final double[] rowLogCount; // [rows], log of the number of samples in each row
  private final double[] rowLeft; // [rows], smallest x
  private final double[] rowRight; // [rows], largest x
  private final double[] rowLow; // [rows], smallest y
  private final double[] rowHigh; // [rows], largest y

  private KernelSites(
      int dimensions,
      int samples,
      double[] x,
      double[] y,
      double[] count,
      double[] logCount, // which doubles can hold where they cannot hold the count
      int[] rowStart) {
    this.dimensions = dimensions;
    this.samples = samples;
    this.x = x;
    this.y = y;
    this.count = count;
    this.rowStart = rowStart;
    this.logCount = logCount;
    rowLogCount = new double[rows()];
    rowLeft = new double[rows()];
    rowRight = new double[rows()];
    rowLow = new double[rows()];
    rowHigh = new double[rows()];
    for (int r = 0; r < rows(); r++) {
      rowLogCount[r] = logSum(r);
      rowLeft[r] = x[rowStart[r]];
      rowRight[r] = x[rowStart[r + 1] - 1];
      rowLow[r] = Arrays.stream(y, rowStart[r], rowStart[r + 1]).min().orElseThrow();
      rowHigh[r] = Arrays.stream(y, rowStart[r], rowStart[r + 1]).max().orElseThrow();
    }
  }

  /** Returns the log of the sum of the counts of a row, which may be too small for doubles. */
  private double logSum(int r) {
    double sum = Arrays.stream(count, rowStart[r], rowStart[r + 1]).sum();
    if (sum > Double.MIN_NORMAL) {
      return Math.log(sum);
    }
    double largest = Arrays.stream(logCount, rowStart[r], rowStart[r + 1]).max().orElseThrow();
    return largest
        + Math.log(
            Arrays.stream(logCount, rowStart[r], rowStart[r + 1])
                .map(term -> Math.exp(term - largest))
                .sum());
  }

  /**
   * Groups samples into sites.
   *
   * @param points samples, row-major [n, d], finite
   * @param dimensions d, 1 or 2
   * @param step side of a lattice cell
   */
  static KernelSites of(float[] points, int dimensions, double step) {
    return of(points, new double[points.length / dimensions], dimensions, step);
  }

  /**
   * Groups weighted samples into sites.
   *
   * @param points samples, row-major [n, d], finite
   * @param logWeights the logs of what each sample counts, [n], whose mean is 1
   * @param dimensions d, 1 or 2
   * @param step side of a lattice cell
   */
  static KernelSites of(float[] points, double[] logWeights, int dimensions, double step) {
    long[] keys = CellKeys.of(points, dimensions, step);
    int[] order = CellOrder.of(keys);
    int[] cellStart = CellKeys.runs(order, keys, 0);
    int size = cellStart.length - 1;
    double[] x = new double[size];
    double[] y = new double[size];
    double[] count = new double[size];
    double[] logCount = new double[size];
    for (int s = 0; s < size; s++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int a = cellStart[s]; a < cellStart[s + 1]; a++) {
        largest = Math.max(largest, logWeights[order[a]]);
      }
      double sum = 0; // over exp(largest)
      for (int a = cellStart[s]; a < cellStart[s + 1]; a++) {
        int sample = order[a];
        double weight = Math.max(Double.MIN_NORMAL, Math.exp(logWeights[sample] - largest));
        double py = dimensions == 1 ? 0 : points[2 * sample + 1];
        sum += weight;
        x[s] += (points[sample * dimensions] - x[s]) * weight / sum;
        y[s] += (py - y[s]) * weight / sum;
      }
      count[s] = Math.exp(largest) * sum;
      logCount[s] = largest + Math.log(sum);
    }
    int[] firstSample = new int[size]; // of each site
    Arrays.setAll(firstSample, s -> order[cellStart[s]]);
    int[] rowStart = CellKeys.runs(firstSample, keys, CellKeys.ROW_SHIFT);
    return new KernelSites(dimensions, keys.length, x, y, count, logCount, rowStart);
  }

  /**
   * Returns those sites that are listed. Their densities are still divided by the number of all
   * samples.
   *
   * @param listed sites, ascending
   */
  KernelSites subset(int[] listed) {
    if (listed.length == size()) {
      return this;
    }
    long[] rowOf = Arrays.stream(listed).mapToLong(this::rowOf).toArray();
    return new KernelSites(
        dimensions,
        samples,
        Arrays.stream(listed).mapToDouble(s -> x[s]).toArray(),
        Arrays.stream(listed).mapToDouble(s -> y[s]).toArray(),
        Arrays.stream(listed).mapToDouble(s -> count[s]).toArray(),
        Arrays.stream(listed).mapToDouble(s -> logCount[s]).toArray(),
        CellKeys.runs(IntStream.range(0, listed.length).toArray(), rowOf, 0));
  }

  private int rowOf(int site) {
    int r = Arrays.binarySearch(rowStart, site);
    return r < 0 ? -r - 2 : r;
  }

  /**
   * Returns the sites within a distance of the origin, ascending.
   *
   * @param radius the greatest distance, in the units of the sample space
   */
  int[] within(double radius) {
    return IntStream.range(0, size()).filter(site -> distance(site) <= radius).toArray();
  }

  /**
   * Returns the distance from the origin of the second nearest site, or of the only one. Where a
   * sample is left out of the nearest site, this is an upper bound of the distance to the next.
   */
  double secondDistance() {
    double nearest = Double.POSITIVE_INFINITY;
    double second = Double.POSITIVE_INFINITY;
    for (int site = 0; site < size(); site++) {
      double distance = distance(site);
      second = Math.min(second, Math.max(nearest, distance));
      nearest = Math.min(nearest, distance);
    }
    return size() == 1 ? nearest : second;
  }

  private double distance(int site) {
    return Math.sqrt(x[site] * x[site] + y[site] * y[site]);
  }

  /** Returns d, 1 or 2. */
  int dimensions() {
    return dimensions;
  }

  /** Returns n, the number of samples that densities are divided by. */
  int samples() {
    return samples;
  }

  /** Returns the number of sites. */
  int size() {
    return x.length;
  }

  /** Returns the mean x of the samples of a site. */
  double x(int site) {
    return x[site];
  }

  /** Returns the mean y of the samples of a site, 0 in one dimension. */
  double y(int site) {
    return y[site];
  }

  /** Returns the number of samples of a site. */
  double count(int site) {
    return count[site];
  }

  /** Returns the log of the number of samples of a site. */
  double logCount(int site) {
    return logCount[site];
  }

  /** Returns the number of rows. */
  int rows() {
    return rowStart.length - 1;
  }

  /** Returns the first row whose smallest y is not below a value, or the number of rows. */
  int firstRowFrom(double py) {
    int r = Arrays.binarySearch(rowLow, py);
    return r < 0 ? -r - 1 : r;
  }

  /** Returns the first site of a row whose x is not below a value, or the end of the row. */
  int firstSiteFrom(int row, double px) {
    if (px <= rowLeft[row]) { // as for most rows far from the sites
      return rowStart[row];
    }
    if (px > rowRight[row]) {
      return rowStart[row + 1];
    }
    int s = Arrays.binarySearch(x, rowStart[row], rowStart[row + 1], px);
    return s < 0 ? -s - 1 : s;
  }

  /** Returns the first site of a row; that of the row after the last is the number of sites. */
  int rowStart(int row) {
    return rowStart[row];
  }

  /** Returns the log of the number of samples in a row. */
  double rowLogCount(int row) {
    return rowLogCount[row];
  }

  /** Returns the smallest x in a row. */
  double rowLeft(int row) {
    return rowLeft[row];
  }

  /** Returns the largest x in a row. */
  double rowRight(int row) {
    return rowRight[row];
  }

  /** Returns the smallest y in a row. */
  double rowLow(int row) {
    return rowLow[row];
  }

  /** Returns the largest y in a row. */
  double rowHigh(int row) {
    return rowHigh[row];
  }
}
