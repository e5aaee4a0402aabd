package org.latentsweep.divergence;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The outer samples of {@link OuterSites}, with what the sites that were not evaluated add to the
 * reverse divergence.
 *
 * <p>log(q / p) at a distance r from the centre of the target is nearly a parabola in r, because
 * the targets' tails are those of normals. So a parabola is fitted to the sites that were
 * evaluated, and its mean over all outer samples corrects theirs (a regression estimate: W.
 * Cochran, "Sampling Techniques", 1977, chapter 7). The variance is that of the residuals, divided
 * by the number of sites.
 *
 * @param sites the sites that were evaluated, in the order of sites
 * @param correction what is added to their contribution to KL(q || p), in nats
 * @param variance variance of the corrected contribution by the choice of sites
 */
record OuterSamples(List<OuterSite> sites, double correction, double variance) {
  /** Correlation squared of r and r^2 from which only r is fitted, for the digits that are lost. */
  private static final double COLLINEAR = 1 - 1e-9;

  /** Makes the list immutable. */
  OuterSamples {
    sites = List.copyOf(sites);
  }

  /** Returns sites that are all of them, so that nothing is corrected. */
  static OuterSamples complete(List<OuterSite> sites) {
    return new OuterSamples(sites, 0, 0);
  }

  /**
   * Fits the parabola.
   *
   * @param sites the sites that were evaluated, two or more
   * @param radius the distance of a site from the centre, divided by the largest
   * @param radiusMean mean of it over all outer samples
   * @param squareMean mean of its square over all outer samples
   */
  static OuterSamples sampled(
      List<OuterSite> sites,
      ToDoubleFunction<OuterSite> radius,
      double radiusMean,
      double squareMean) {
    double share = sites.stream().mapToDouble(OuterSite::share).sum();
    double r = mean(sites, share, radius);
    double r2 = mean(sites, share, site -> square(radius.applyAsDouble(site)));
    double y = mean(sites, share, OuterSite::logRatio);
    ToDoubleFunction<OuterSite> a = site -> radius.applyAsDouble(site) - r;
    ToDoubleFunction<OuterSite> b = site -> square(radius.applyAsDouble(site)) - r2;
    ToDoubleFunction<OuterSite> c = site -> site.logRatio() - y;
    double aa = product(sites, share, a, a);
    double ab = product(sites, share, a, b);
    double bb = product(sites, share, b, b);
    double ac = product(sites, share, a, c);
    double bc = product(sites, share, b, c);
    boolean line = ab * ab >= COLLINEAR * aa * bb;
    double determinant = aa * bb - ab * ab;
    double quadratic = line ? 0 : (aa * bc - ab * ac) / determinant;
    double linear = aa == 0 ? 0 : (ac - ab * quadratic) / aa;
    double residual =
        mean(
            sites,
            share,
            site ->
                square(
                    c.applyAsDouble(site)
                        - linear * a.applyAsDouble(site)
                        - quadratic * b.applyAsDouble(site)));
    return new OuterSamples(
        sites,
        share * (linear * (radiusMean - r) + quadratic * (squareMean - r2)),
        share * share * residual / (sites.size() - 1));
  }

  private static double product(
      List<OuterSite> sites,
      double share,
      ToDoubleFunction<OuterSite> a,
      ToDoubleFunction<OuterSite> b) {
    return mean(sites, share, site -> a.applyAsDouble(site) * b.applyAsDouble(site));
  }

  private static double mean(
      List<OuterSite> sites, double share, ToDoubleFunction<OuterSite> value) {
    return sites.stream().mapToDouble(site -> site.share() * value.applyAsDouble(site)).sum()
        / share;
  }

  private static double square(double x) {
    return x * x;
  }
}
