package org.latentsweep.divergence;

import java.util.EnumMap;
import java.util.Map;

/**
 * The divergences between a smoothed target and the smoothed density of weighted points that
 * represent q, by numerical integration: sums over the nodes of the halved grid, and for points
 * outside its inner box the quadrature of {@link GaussHermite}, as in {@link OuterSites}.
 */
final class ExactDivergences {
  /**
   * Probability of a point outside the inner box that is left out. Chosen by judgement: a million
   * such points have less than 1e-14.
   */
  private static final double NEGLIGIBLE = 1e-20;

  private final TargetGrid target;
  private final WeightedDensity density;
  private final int maxOuterCells;
  private double forward;
  private double reverse;
  private double js;
  private double skew;

  private ExactDivergences(TargetGrid target, WeightedDensity density, int maxOuterCells) {
    this.target = target;
    this.density = density;
    this.maxOuterCells = maxOuterCells;
  }

  /**
   * Integrates all divergences, in nats. Rounding may take them a little below 0.
   *
   * @param maxOuterCells the number of cells into which points outside the inner box are grouped at
   *     most; each takes nine evaluations of the density
   */
  static Map<Divergence, Double> of(TargetGrid target, WeightedPoints points, int maxOuterCells) {
    ExactDivergences sums =
        new ExactDivergences(target, WeightedDensity.of(target, points), maxOuterCells);
    sums.addGrid();
    sums.addOuter(points);
    Map<Divergence, Double> values = new EnumMap<>(Divergence.class);
    values.put(Divergence.KL_FORWARD, sums.forward);
    values.put(Divergence.KL_REVERSE, sums.reverse);
    values.put(Divergence.KL_MEAN, (sums.forward + sums.reverse) / 2);
    values.put(Divergence.JS, sums.js);
    values.put(Divergence.KL_SKEW, sums.skew);
    return values;
  }

  private void addGrid() {
    Grid halved = target.grid().halved();
    double volume = halved.cellVolume();
    for (int i = 0; i < halved.rows(); i++) {
      for (int j = 0; j < halved.nodes(); j++) {
        double p = target.density()[2 * i][2 * j] * volume;
        double q = density.inner(i, j) * volume;
        double logP = target.logDensity()[2 * i][2 * j];
        add(p, q, density.logDensity(i, j, p) - logP);
      }
    }
  }

  /** Adds masses of p and q where log(q / p) is known. */
  private void add(double p, double q, double logRatio) {
    double logPOverM = Math.log(2) - log1pExp(logRatio);
    double logQOverM = Math.log(2) - log1pExp(-logRatio);
    forward -= p == 0 ? 0 : p * logRatio;
    skew += p == 0 ? 0 : p * Divergence.skewTerm(logRatio);
    reverse += q == 0 ? 0 : q * logRatio;
    js += (p == 0 ? 0 : p * logPOverM / 2) + (q == 0 ? 0 : q * logQOverM / 2);
  }

  /** Returns log(1 + e^x), which is finite for every x. */
  private static double log1pExp(double x) {
    return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private void addOuter(WeightedPoints points) {
    Grid grid = target.grid();
    WeightedPoints outer = new WeightedPoints(grid.dimensions());
    for (int i = 0; i < points.size(); i++) {
      if (points.weight(i) > NEGLIGIBLE && !grid.isInner(points.x(i), points.y(i))) {
        outer.add(points.x(i), points.y(i), points.logWeight(i));
      }
    }
    if (outer.size() > 0) {
      WeightedCells cells = few(outer);
      for (int c = 0; c < cells.size(); c++) {
        addOuter(cells, c, cells.weight(c) / points.total());
      }
    }
  }

  private WeightedCells few(WeightedPoints outer) {
    double step = target.bandwidth();
    WeightedCells cells = new WeightedCells(outer, step);
    while (cells.size() > maxOuterCells) {
      step *= 2;
      cells = new WeightedCells(outer, step);
    }
    return cells;
  }

  /**
   * Adds what a cell contributes: to the reverse divergence by the mean over a normal with the
   * variances of q_h in the cell, because the log densities are nearly quadratic there; to js by
   * the middle, because p is negligible outside the inner box and q / m is constant.
   */
  private void addOuter(WeightedCells cells, int c, double weight) {
    double ratio = logRatioAt(cells.x(c), cells.y(c));
    js += weight * (Math.log(2) - log1pExp(-ratio)) / 2;
    double h2 = target.bandwidth() * target.bandwidth();
    double sdX = Math.sqrt(h2 + cells.varianceX(c));
    double sdY = Math.sqrt(h2 + cells.varianceY(c));
    GaussHermite.forEach(
        target.grid().dimensions(),
        cells.x(c),
        cells.y(c),
        sdX,
        sdY,
        (x, y, share) -> reverse += weight * share * logRatioAt(x, y));
  }

  private double logRatioAt(double x, double y) {
    return density.logDensityAt(x, y) - target.logDensityAt(x, y);
  }
}
