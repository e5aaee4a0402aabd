package org.latentsweep.mapping;

/**
 * How thick a cloud of points in the plane is across its main local direction.
 *
 * <p>Around every point, the standard deviation along the minor axis of the points within a radius
 * of it: the square root of the smaller eigenvalue of their covariance. It belongs to the
 * distribution alone, whatever map made the points.
 */
final class LateralSpread {
  private LateralSpread() {}

  /**
   * The mean over all points; a point with fewer than two others around it counts as 0.
   *
   * @param points by coordinate, [2][n]
   * @param radius of the neighbourhoods
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

  private static double minorDeviation(double[][] points, int i, double[] squares, double largest) {
    int m = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int j = 0; j < squares.length; j++) {
      if (squares[j] <= largest) {
        double u = points[0][j] - points[0][i]; // from a near origin, so that squares do not cancel
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
    return Math.sqrt(Math.max(0, minor)); // below 0 by rounding, for points on a line
  }
}
