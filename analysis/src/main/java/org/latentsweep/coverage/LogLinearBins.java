package org.latentsweep.coverage;

/**
 * Bins on a line: of equal width from -s to s, and from there outwards doubling their width every
 * {@value #PER_OCTAVE} bins, so that no number is too far away.
 */
final class LogLinearBins {
  private static final int PER_OCTAVE = 64;

  private final double s;
  private final double width;
  private final int inner;
  private final int outer; // on either side

  /**
   * Lays out bins.
   *
   * @param s half width of the evenly binned middle, above 0
   * @param inner bins there
   * @param reach the largest absolute value to be binned
   */
  LogLinearBins(double s, int inner, double reach) {
    this.s = s;
    this.inner = inner;
    width = 2 * s / inner;
    outer = reach > s ? (int) beyond(reach - s) + 2 : 1;
  }

  int count() {
    return inner + 2 * outer;
  }

  /** The first of the evenly spaced bins. */
  int firstInner() {
    return outer;
  }

  /** The bin that a number is in, plus how far in it, in [0, 1]. */
  double position(double t) {
    if (t > s) {
      return outer + inner + beyond(t - s);
    }
    return t < -s ? outer - beyond(-s - t) : outer + (t + s) / width;
  }

  /** In bins; piecewise linear in the distance, and e / width over the first octave. */
  private double beyond(double e) {
    double z = 1 + e / (PER_OCTAVE * width);
    int octave = Math.getExponent(z);
    return PER_OCTAVE * (octave + Math.scalb(z, -octave) - 1);
  }

  double width(int bin) {
    int out = Math.max(outer - 1 - bin, bin - outer - inner);
    return out < 0 ? width : Math.scalb(width, out / PER_OCTAVE);
  }
}
