package org.latentsweep.mapping;

/**
 * The area that points in the plane fill, in the neighbourhood of each of them. It depends only on
 * the distribution of the points, and not on the map that produced them.
 *
 * <p>A point whose nearest other point is at distance r occupies an area of about pi r^2 on
 * average, and so the N points within a radius R of it fill about N pi r^2. A cloud that is
 * squeezed to a fraction of its width keeps its N, if R is larger than its width, and r^2 decreases
 * by that fraction. Points on a curve fill an area near 0.
 */
final class LocalArea {
  private LocalArea() {}

  /**
   * Returns the square of the mean of r sqrt(N) over all points. This mean is finite for all
   * distributions that are measured, as that of r^2 N is not, and equal points count as 0 without
   * making the whole 0.
   *
   * @param points by coordinate, [2][n]
   * @param radius R, above 0
   */
  static double of(double[][] points, double radius) {
    ExhaustiveNeighbours neighbours = new ExhaustiveNeighbours(points);
    int n = points[0].length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.sqrt(squaredAt(i, neighbours.squaredDistances(i), radius * radius));
    }
    return sum / n * (sum / n);
  }

  /** Returns r^2 N at a point. */
  private static double squaredAt(int i, double[] squaredDistances, double limit) {
    double nearest = Double.POSITIVE_INFINITY;
    int near = 0;
    for (int j = 0; j < squaredDistances.length; j++) {
      near += squaredDistances[j] <= limit ? 1 : 0;
      nearest = j == i ? nearest : Math.min(nearest, squaredDistances[j]);
    }
    return nearest * near;
  }
}
