package org.latentsweep.divergence;

/**
 * The samples outside a grid's inner box: generators that diverge put them anywhere.
 *
 * <p>What they add to the reverse divergence is 1/n sum_i E[f(x_i + h e)], e ~ N(0, I), over the
 * outer samples, of f = log(q_h / p_h): a Gauss-Hermite quadrature with three nodes per axis, at
 * each of which both densities are evaluated exactly. Of many outer sites, {@value #MOST} are taken
 * at even spacing in their order on the lattice, and stand for all.
 */
final class OuterSamples {
  private static final int MOST = 512;
  private static final double[] NODES = {-Math.sqrt(3), 0, Math.sqrt(3)};
  private static final double[] WEIGHTS = {1.0 / 6, 2.0 / 3, 1.0 / 6};

  private final TargetGrid target;
  private final KernelSites sites;
  private final KernelSites.Query query;
  private final double logNorm;
  private final double[] weight; // [sites], samples that a site stands for

  /** Means over the Gauss-Hermite nodes of one site. */
  private double logRatio; // log(q / p)

  private double jsTerm; // log(q / m) / 2
  private double concentration; // sum_i r_i^2
  private double shareOfTarget; // p / (p + q)

  OuterSamples(TargetGrid target, KernelSites sites) {
    this.target = target;
    this.sites = sites;
    query = sites.new Query(target.bandwidth());
    logNorm = sites.logNorm(target.bandwidth());
    weight = chosenWeights();
  }

  /** Systematic sampling of the outer sites by count: all of them where they are few. */
  private double[] chosenWeights() {
    double[] chosen = new double[sites.size()];
    double total = 0;
    int outer = 0;
    for (int s = 0; s < chosen.length; s++) {
      if (outer(s)) {
        total += sites.count(s);
        outer++;
      }
    }
    double stride = total / MOST;
    double seen = 0;
    for (int s = 0; s < chosen.length; s++) {
      if (outer(s)) {
        double next = seen + sites.count(s);
        chosen[s] =
            outer <= MOST
                ? sites.count(s)
                : stride * (Math.floor(next / stride + 0.5) - Math.floor(seen / stride + 0.5));
        seen = next;
      }
    }
    return chosen;
  }

  private boolean outer(int site) {
    return !target.grid().inner(sites.x(site), sites.y(site));
  }

  /** How many samples this site stands for, 0 where it was not chosen. */
  double weight(int site) {
    return weight[site];
  }

  /** Evaluates the means at a site, for the getters below. */
  void evaluate(int site) {
    logRatio = 0;
    jsTerm = 0;
    concentration = 0;
    shareOfTarget = 0;
    double h = target.bandwidth();
    for (int a = 0; a < NODES.length; a++) {
      double x = sites.x(site) + h * NODES[a];
      if (target.grid().dimensions() == 1) {
        addNode(x, 0, WEIGHTS[a]);
        continue;
      }
      for (int b = 0; b < NODES.length; b++) {
        addNode(x, sites.y(site) + h * NODES[b], WEIGHTS[a] * WEIGHTS[b]);
      }
    }
  }

  private void addNode(double x, double y, double w) {
    double ratio = query.logSum(x, y) - logNorm - target.logDensityAt(x, y);
    // p / (p + q), and log(q / m) = log 2 - log(1 + p / q)
    double shareOfP = 1 / (1 + Math.exp(ratio));
    logRatio += w * ratio;
    jsTerm += w * 0.5 * (Math.log(2) + Math.log1p(-shareOfP));
    concentration += w * query.concentration();
    shareOfTarget += w * shareOfP;
  }

  double logRatio() {
    return logRatio;
  }

  double jsTerm() {
    return jsTerm;
  }

  double concentration() {
    return concentration;
  }

  double shareOfTarget() {
    return shareOfTarget;
  }
}
