package org.latentsweep.divergence;

/**
 * Evaluates a Gaussian kernel density estimate at single points, in the log domain, so that it is
 * accurate at any distance from the samples:
 *
 * <pre>log q_h(x) = log sum_s c_s exp(-|x - m_s|^2 / 2h^2) - log n - d/2 log(2 pi h^2)</pre>
 *
 * with the sum over the sites s of {@link KernelSites}.
 *
 * <p>A query visits rows of sites outwards from its y, and the sites of each row outwards from its
 * x, until the remaining ones cannot contribute more than exp(-{@value #WINDOW}) of the largest
 * term. It starts with the site of the largest term of the query before, which is near if queries
 * come in the order of neighbours. For one thread.
 */
final class KernelQuery {
  /**
   * Terms below exp(-WINDOW), about 1.5e-8, of the largest term are left out. Chosen by judgement:
   * even many of them change the sum by far less than the estimate's own error.
   */
  private static final double WINDOW = 18;

  /**
   * A bound of the relative rounding error of a term, which exceeds the window at great distances.
   * Chosen by judgement, several thousand times double precision.
   */
  private static final double ROUNDING = 1e-12;

  /**
   * The share of the sum from which the sum without a sample is computed anew, as the difference 1
   * - share would lose too many digits. Chosen by judgement: up to it the difference loses three
   * digits.
   */
  private static final double DOMINANT = 0.999;

  private static final int NONE = -1;

  private final KernelSites sites;
  private final double precision; // 1 / 2h^2
  private final double logNorm; // log n + d/2 log(2 pi h^2)
  private final double logSamples;
  private int nearest; // site of the largest term of the last query

  /** Makes a query for samples and a bandwidth h, above 0. */
  KernelQuery(KernelSites sites, double h) {
    this.sites = sites;
    precision = 1 / (2 * h * h);
    logSamples = Math.log(sites.samples());
    logNorm = logSamples + 0.5 * sites.dimensions() * Math.log(2 * Math.PI * h * h);
  }

  /**
   * Returns the sites, ascending, that a query at any point of [-s, s]^d may visit. The others are
   * so much farther from all of these points than the two nearest sites are that their terms fall
   * below the window, even if a sample is left out.
   */
  static int[] relevantSites(KernelSites sites, double s, double h) {
    double radius = s * Math.sqrt(sites.dimensions());
    double window = h * Math.sqrt(2 * (WINDOW + Math.log(sites.samples())));
    return sites.within(Math.hypot(sites.secondDistance() + radius, window) + radius);
  }

  /** Evaluates the density at a point. */
  KernelValue at(double px, double py) {
    Sum sum = sumWithout(NONE, term(nearest, px, py), px, py);
    return new KernelValue(sum.log() - logNorm, sum.concentration());
  }

  /**
   * Sums the terms.
   *
   * @param excluded a site to leave out, or {@link #NONE}
   * @param largest a lower bound of the largest term
   */
  private Sum sumWithout(int excluded, double largest, double px, double py) {
    Sum sum = new Sum(sites, excluded, nearest, largest);
    visit(px, py, sum);
    nearest = sum.nearest;
    return sum;
  }

  /**
   * Adds to each site mass times its count times the decrease of log q_h at a point when one of its
   * samples is left out, which is -log(1 - r_i).
   *
   * @param mass weight of the point
   * @param onto [sites], to which the products are added
   */
  void addLeaveOneOut(double px, double py, double mass, double[] onto) {
    Sum all = sumWithout(NONE, term(nearest, px, py), px, py);
    double logSum = all.log();
    int dominant = all.nearest;
    visit(px, py, new LeaveOneOut(logSum, all.cutoff(), mass, onto));
    if (sites.count(dominant) == 1 && Math.exp(term(dominant, px, py) - logSum) >= DOMINANT) {
      Sum others = sumWithout(dominant, Double.NEGATIVE_INFINITY, px, py);
      onto[dominant] += mass * (logSum - others.log());
    }
  }

  private double term(int s, double px, double py) {
    double dx = px - sites.x(s);
    double dy = py - sites.y(s);
    return sites.logCount(s) - precision * (dx * dx + dy * dy);
  }

  private void visit(double px, double py, TermVisitor visitor) {
    int start = sites.firstRowFrom(py);
    for (int r = start; r < sites.rows(); r++) {
      double dy = Math.max(0, sites.rowLow(r) - py);
      if (!reaches(logSamples, dy, visitor)) {
        break;
      }
      visitRow(r, px, py, dy, visitor);
    }
    for (int r = start - 1; r >= 0; r--) {
      double dy = Math.max(0, py - sites.rowHigh(r));
      if (!reaches(logSamples, dy, visitor)) {
        break;
      }
      visitRow(r, px, py, dy, visitor);
    }
  }

  private void visitRow(int r, double px, double py, double dy, TermVisitor visitor) {
    double bound = sites.rowLogCount(r) - precision * dy * dy;
    double dx = Math.max(0, Math.max(sites.rowLeft(r) - px, px - sites.rowRight(r)));
    if (!reaches(bound, dx, visitor)) {
      return;
    }
    int from = sites.rowStart(r);
    int to = sites.rowStart(r + 1);
    int start = sites.firstSiteFrom(r, px);
    for (int s = start; s < to && reaches(bound, sites.x(s) - px, visitor); s++) {
      visitSite(s, px, py, visitor);
    }
    for (int s = start - 1; s >= from && reaches(bound, px - sites.x(s), visitor); s--) {
      visitSite(s, px, py, visitor);
    }
  }

  /** Returns whether terms of at most exp(bound) at the nearest can matter at a distance dx. */
  private boolean reaches(double bound, double dx, TermVisitor visitor) {
    return bound - precision * dx * dx >= visitor.cutoff();
  }

  private void visitSite(int s, double px, double py, TermVisitor visitor) {
    double term = term(s, px, py);
    if (term >= visitor.cutoff()) {
      visitor.visit(s, term);
    }
  }

  /** Visits the logs of the terms of sites. */
  private interface TermVisitor {
    /** Returns the log of the smallest term that is visited; it may rise with each visit. */
    double cutoff();

    void visit(int site, double term);
  }

  /** Accumulates the sum of the terms, and of the squares of the samples' parts. */
  private static final class Sum implements TermVisitor {
    private final KernelSites sites;
    private final int excluded;
    private int nearest; // site of the largest term
    private double largest; // log of the largest term
    private double sum; // over exp(largest)
    private double sumOfSquares; // over exp(2 largest)

    Sum(KernelSites sites, int excluded, int nearest, double largest) {
      this.sites = sites;
      this.excluded = excluded;
      this.nearest = nearest;
      this.largest = largest;
    }

    @Override
    public double cutoff() {
      return largest - WINDOW - ROUNDING * Math.abs(largest);
    }

    @Override
    public void visit(int s, double term) {
      if (s == excluded) {
        return;
      }
      if (term > largest) {
        double shrink = Math.exp(largest - term);
        sum *= shrink;
        sumOfSquares *= shrink * shrink;
        largest = term;
        nearest = s;
      }
      double share = Math.exp(term - largest);
      sum += share;
      sumOfSquares += share * share / sites.count(s);
    }

    double log() {
      return largest + Math.log(sum);
    }

    double concentration() {
      return sumOfSquares / (sum * sum);
    }
  }

  /** Returns -log(1 - x) for x in [0, 1), with a relative error below 1e-12. */
  private static double minusLogOneMinus(double x) {
    // Most shares are small, and log1p takes ten times as long as three terms of its series.
    return x < 1e-4 ? x * (1 + x * (1.0 / 2 + x / 3)) : -Math.log1p(-x);
  }

  /** Adds the losses of all samples but a dominant one. */
  private final class LeaveOneOut implements TermVisitor {
    private final double logSum;
    private final double cutoff;
    private final double mass;
    private final double[] onto;

    LeaveOneOut(double logSum, double cutoff, double mass, double[] onto) {
      this.logSum = logSum;
      this.cutoff = cutoff;
      this.mass = mass;
      this.onto = onto;
    }

    @Override
    public double cutoff() {
      return cutoff;
    }

    @Override
    public void visit(int s, double term) {
      double share = Math.exp(term - logSum) / sites.count(s);
      if (share < DOMINANT) {
        onto[s] += mass * sites.count(s) * minusLogOneMinus(share);
      }
    }
  }
}
