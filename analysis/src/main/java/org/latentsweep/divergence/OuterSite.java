package org.latentsweep.divergence;

/**
 * A site of {@link OuterSites}, with the means of its integrands over e ~ N(0, I) at x_i + h e.
 *
 * @param site index of the site
 * @param weight number of samples that the site stands for
 * @param share weight / n
 * @param logRatio mean of log(q / p)
 * @param jsTerm mean of log(q / m) / 2, with m = (p + q) / 2
 * @param relativeVariance mean of V / q^2, in [0, 1]
 * @param shareOfTarget mean of p / (p + q), in [0, 1]
 */
record OuterSite(
    int site,
    double weight,
    double share,
    double logRatio,
    double jsTerm,
    double relativeVariance,
    double shareOfTarget) {}
