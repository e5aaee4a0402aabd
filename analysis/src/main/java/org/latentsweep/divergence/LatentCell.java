package org.latentsweep.divergence;

/**
 * The image of a cell of a lattice of latents, by the images of its corners: 00, 10 along the first
 * axis, 01 along the second, and 11.
 */
record LatentCell(
    float x00, float y00, float x10, float y10, float x01, float y01, float x11, float y11) {

  /** Returns x of the bilinear interpolation at fractions s and t of the cell's sides. */
  double x(double s, double t) {
    return (1 - t) * ((1 - s) * x00 + s * x10) + t * ((1 - s) * x01 + s * x11);
  }

  /** Returns y of the bilinear interpolation at fractions s and t of the cell's sides. */
  double y(double s, double t) {
    return (1 - t) * ((1 - s) * y00 + s * y10) + t * ((1 - s) * y01 + s * y11);
  }

  /** Returns into how many parts the first axis is cut so that none is longer than the spacing. */
  int firstParts(double spacing) {
    return parts(
        Math.max(Math.hypot(x10 - x00, y10 - y00), Math.hypot(x11 - x01, y11 - y01)), spacing);
  }

  /** Returns into how many parts the second axis is cut so that none is longer than the spacing. */
  int secondParts(double spacing) {
    return parts(
        Math.max(Math.hypot(x01 - x00, y01 - y00), Math.hypot(x11 - x10, y11 - y10)), spacing);
  }

  private static int parts(double length, double spacing) {
    return (int) Math.min(1 << 15, Math.max(1, Math.ceil(length / spacing)));
  }

  /** Returns whether the whole image lies beyond one side of the square [-edge, edge]^2. */
  boolean isOutside(double edge) {
    return min(x00, x10, x01, x11) > edge
        || min(-x00, -x10, -x01, -x11) > edge
        || min(y00, y10, y01, y11) > edge
        || min(-y00, -y10, -y01, -y11) > edge;
  }

  private static float min(float a, float b, float c, float d) {
    return Math.min(Math.min(a, b), Math.min(c, d));
  }
}
