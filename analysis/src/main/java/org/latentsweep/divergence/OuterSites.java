package org.latentsweep.divergence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The samples outside the inner box of a grid. A generator that diverged may put them anywhere.
 *
 * <p>They add 1/n sum_i E[f(x_i + h e)] to the reverse divergence, with e ~ N(0, I), the sum over
 * the outer samples, and f = log(q_h / p_h). The expectation is a Gauss-Hermite quadrature with
 * three nodes per axis, at each of which both densities are evaluated exactly. If there are more
 * than {@value #MAX_SITES} outer sites, that many, evenly spaced in their order, represent all: see
 * {@link OuterSamples}.
 */
final class OuterSites {
  /** Chosen by judgement: it bounds the time of an estimate, nine evaluations per site. */
  private static final int MAX_SITES = 512;

  private final TargetGrid target;
  private final SampleDensity samples;
  private final KernelQuery query;

  private OuterSites(TargetGrid target, SampleDensity samples) {
    this.target = target;
    this.samples = samples;
    query = new KernelQuery(samples.sites(), target.bandwidth());
  }

  /** Evaluates the sites that represent the outer samples. */
  static OuterSamples of(TargetGrid target, SampleDensity samples) {
    OuterSites outer = new OuterSites(target, samples);
    double[] weights = weights(target.grid(), samples.sites());
    List<OuterSite> sites = new ArrayList<>();
    for (int s = 0; s < weights.length; s++) {
      if (weights[s] != 0) {
        sites.add(outer.evaluate(s, weights[s]));
      }
    }
    return outer.represent(sites);
  }

  private OuterSamples represent(List<OuterSite> evaluated) {
    KernelSites all = samples.sites();
    int[] outer = outer(target.grid(), all);
    if (outer.length <= MAX_SITES) {
      return OuterSamples.complete(evaluated);
    }
    double[] radius = IntStream.of(outer).mapToDouble(s -> radius(all, s)).toArray();
    double largest = Arrays.stream(radius).max().orElseThrow();
    double total = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < outer.length; i++) {
      double r = radius[i] / largest;
      double count = all.count(outer[i]);
      total += count;
      sum += count * r;
      squares += count * r * r;
    }
    return OuterSamples.sampled(
        evaluated, site -> radius(all, site.site()) / largest, sum / total, squares / total);
  }

  private static double radius(KernelSites sites, int site) {
    return Math.hypot(sites.x(site), sites.y(site));
  }

  private static int[] outer(Grid grid, KernelSites sites) {
    return IntStream.range(0, sites.size())
        .filter(s -> !grid.isInner(sites.x(s), sites.y(s)))
        .toArray();
  }

  /**
   * Returns how many samples each site stands for, 0 where it is not taken: all outer sites with
   * their counts where they are few, else a systematic sample of them by count.
   */
  private static double[] weights(Grid grid, KernelSites sites) {
    double[] weights = new double[sites.size()];
    int[] outer = outer(grid, sites);
    double stride = Arrays.stream(outer).mapToDouble(sites::count).sum() / MAX_SITES;
    double seen = 0;
    for (int s : outer) {
      double next = seen + sites.count(s);
      weights[s] =
          outer.length <= MAX_SITES
              ? sites.count(s)
              : stride * (Math.floor(next / stride + 0.5) - Math.floor(seen / stride + 0.5));
      seen = next;
    }
    return weights;
  }

  private OuterSite evaluate(int site, double weight) {
    Means means = new Means();
    double x = samples.sites().x(site);
    double y = samples.sites().y(site);
    double h = target.bandwidth();
    GaussHermite.forEach(
        target.grid().dimensions(), x, y, h, h, (atX, atY, w) -> add(atX, atY, w, means));
    return new OuterSite(
        site,
        weight,
        weight / samples.size(),
        means.logRatio,
        means.jsTerm,
        samples.relativeVariance(means.concentration),
        means.shareOfTarget);
  }

  private void add(double x, double y, double weight, Means means) {
    KernelValue q = query.at(x, y);
    means.add(q.logDensity() - target.logDensityAt(x, y), q.concentration(), weight);
  }

  /** Weighted sums over the nodes of the quadrature; the weights add up to 1. */
  private static final class Means {
    private double logRatio;
    private double jsTerm;
    private double concentration;
    private double shareOfTarget;

    /** Adds a node, with log(q / p) and sum_i r_i^2 there. */
    void add(double logQOverP, double concentrationThere, double weight) {
      // p / (p + q), and log(q / m) = log 2 - log(1 + p / q)
      double shareOfP = 1 / (1 + Math.exp(logQOverP));
      logRatio += weight * logQOverP;
      jsTerm += weight * 0.5 * (Math.log(2) + Math.log1p(-shareOfP));
      concentration += weight * concentrationThere;
      shareOfTarget += weight * shareOfP;
    }
  }
}
