package org.latentsweep.coverage;

/**
 * Bins on a line. They have equal widths from -s to s, and from there outwards their widths double
 * every {@value #PER_OCTAVE} bins, so that even the most distant number has a bin. Immutable.
 */
final class LogLinearBins {
  /** Chosen by judgement: far out the width of a bin is about 1/64 of its distance from s. */
  private static final int PER_OCTAVE = 64;

  private final double s;
  private final double width;
  private final int inner; // bins from -s to s
  private final int outer; // bins on either side

  /**
   * Lays out bins.
   *
   * @param s half width of the evenly binned middle, above 0
   * @param inner number of bins in the middle
   * @param reach the largest absolute value to be binned
   */
  LogLinearBins(double s, int inner, double reach) {
    this.s = s;
    this.inner = inner;
    width = 2 * s / inner;
    outer = reach > s ? (int) beyond(reach - s) + 2 : 1;
  }

  /** Returns the number of bins. */
  int count() {
    return inner + 2 * outer;
  }

  /** Returns the first of the evenly spaced bins. */
  int firstInner() {
    return outer;
  }

  /** Returns the bin of a number plus the position of the number in the bin, in [0, 1]. */
  double position(double t) {
    if (t > s) {
      return outer + inner + beyond(t - s);
    }
    return t < -s ? outer - beyond(-s - t) : outer + (t + s) / width;
  }

  /**
   * Returns a distance from the middle in bins: piecewise linear, and distance / width over the
   * first octave.
   */
  private double beyond(double distance) {
    double z = 1 + distance / (PER_OCTAVE * width);
    int octave = Math.getExponent(z);
    return PER_OCTAVE * (octave + Math.scalb(z, -octave) - 1);
  }

  /** Returns the width of a bin. */
  double width(int bin) {
    int out = Math.max(outer - 1 - bin, bin - outer - inner);
    return out < 0 ? width : Math.scalb(width, out / PER_OCTAVE);
  }
}
