package org.latentsweep.mapping;

/**
 * The thickness of a cloud of points in the plane across its main local direction.
 *
 * <p>Around every point, it is the standard deviation along the minor axis of the points within a
 * radius of it: the square root of the smaller eigenvalue of their covariance. It depends only on
 * the distribution of the points, and not on the map that produced them.
 */
final class LateralSpread {
  private LateralSpread() {}

  /**
   * Returns the mean over all points, in the units of the sample space. A point with fewer than two
   * others around it counts as 0.
   *
   * @param points by coordinate, [2][n]
   * @param radius radius of the neighbourhoods, above 0
   */
  static double of(double[][] points, double radius) {
    ExhaustiveNeighbours neighbours = new ExhaustiveNeighbours(points);
    int n = points[0].length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += minorDeviation(points, i, neighbours.squaredDistances(i), radius * radius);
    }
    return sum / n;
  }

  private static double minorDeviation(double[][] points, int i, double[] squares, double limit) {
    int m = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int j = 0; j < squares.length; j++) {
      if (squares[j] <= limit) {
        double u = points[0][j] - points[0][i]; // relative to a near point, against cancellation
        double v = points[1][j] - points[1][i];
        m++;
        x += u;
        y += v;
        xx += u * u;
        xy += u * v;
        yy += v * v;
      }
    }
    if (m < 3) {
      return 0;
    }
    double a = xx - x * x / m;
    double b = xy - x * y / m;
    double c = yy - y * y / m;
    double minor = 0.5 * (a + c - Math.hypot(a - c, 2 * b)) / (m - 1);
    return Math.sqrt(Math.max(0, minor)); // rounding may make it negative for points on a line
  }
}
