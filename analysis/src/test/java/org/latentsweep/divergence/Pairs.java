package org.latentsweep.divergence;

import static org.latentsweep.divergence.DivergenceLaws.EIGHT;
import static org.latentsweep.divergence.DivergenceLaws.GAUSSIAN;
import static org.latentsweep.divergence.DivergenceLaws.NORMAL_1D;
import static org.latentsweep.divergence.DivergenceLaws.SPIRAL;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.LogGamma;
import org.latentsweep.target.Mode;
import org.latentsweep.target.TargetDistribution;

/**
 * Pairs (p, q) with known KL(p || q), on which estimators are tested: normals, mixtures, heavy
 * tails and spirals in one and two dimensions. The true values are quadratures; PairsTest shows
 * that they agree with the mean of log p/q over samples of p.
 */
final class Pairs {

  /**
   * A pair of distributions.
   *
   * @param truth KL(p || q) in nats
   */
  record KnownPair(String name, TargetDistribution p, Law q, double truth) {}

  /** A distribution q, with its log density and a sampler. */
  record Law(int dimensions, ToDoubleFunction<double[]> logDensity, Sampler sampler) {
    float[] draw(int n, long seed) {
      float[] points = new float[n * dimensions];
      RandomGenerator random = DivergenceLaws.random(seed);
      double[] x = new double[dimensions];
      for (int i = 0; i < n; i++) {
        sampler.fill(random, x);
        for (int a = 0; a < dimensions; a++) {
          points[i * dimensions + a] = (float) x[a];
        }
      }
      return points;
    }
  }

  /** Draws points. */
  interface Sampler {
    void fill(RandomGenerator random, double[] x);
  }

  /** Pairs for which an estimate from samples of q can be accurate. */
  static final List<KnownPair> WELL_POSED =
      List.of(
          new KnownPair("gaussian | itself", GAUSSIAN, law(GAUSSIAN), 0),
          new KnownPair("gaussian | N((1, 0), I)", GAUSSIAN, normal(1, 0, 1), 0.5),
          new KnownPair("gaussian | N(0, 1.5^2)", GAUSSIAN, normal(0, 0, 1.5), 0.2553747),
          new KnownPair("gaussian | N((.5, 0), 1.2^2)", GAUSSIAN, normal(0.5, 0, 1.2), 0.1458931),
          new KnownPair("gaussian | correlated", GAUSSIAN, correlated(0.5), 0.1894923),
          new KnownPair("gaussian | t5", GAUSSIAN, studentT(2, 5), 0.0623404),
          new KnownPair("gaussian | twins", GAUSSIAN, law(mixture(1, -1, 0, 1, 0)), 0.1254328),
          new KnownPair("gaussian | with eight", GAUSSIAN, withEight(), 0.1678322),
          new KnownPair("normal | itself", NORMAL_1D, law(NORMAL_1D), 0),
          new KnownPair("normal | N(.5, 1)", NORMAL_1D, law(mixture1d(1, 0.5)), 0.125),
          new KnownPair("normal | N(0, 1.5^2)", NORMAL_1D, law(mixture1d(1.5, 0)), 0.1276873),
          new KnownPair("normal | Laplace", NORMAL_1D, laplace(), 0.0721098),
          new KnownPair("normal | t3", NORMAL_1D, studentT(1, 3), 0.0691516),
          new KnownPair("normal | twins", NORMAL_1D, law(mixture1d(0.8, -1, 1)), 0.0951501),
          new KnownPair("eight | itself", EIGHT, law(EIGHT), 0),
          new KnownPair("eight | sd .3", EIGHT, law(DivergenceLaws.WIDE_EIGHT), 0.2546992),
          new KnownPair("eight | alternating", EIGHT, law(alternating()), 0.1437791),
          new KnownPair("six of eight | eight", sixOfEight(), law(EIGHT), 0.2876185),
          new KnownPair("eight | moved by .1", EIGHT, law(ring(0.2, 0.1)), 0.1245588),
          new KnownPair("eight | N(0, 1.5^2)", EIGHT, normal(0, 0, 1.5), 1.8574127),
          new KnownPair(
              "eight | bridged", EIGHT, blend(0.9, law(ring(0.22, 0)), uniform(3.3)), 0.0978331),
          new KnownPair("spiral | itself", SPIRAL, law(SPIRAL), 0),
          new KnownPair("spiral | noisy", SPIRAL, smoothed(0.03), 0.31116),
          new KnownPair("spiral | noisier", SPIRAL, smoothed(0.1), 1.0028584),
          new KnownPair("spiral | N(0, .4^2)", SPIRAL, normal(0, 0, 0.4), 1.2641356),
          new KnownPair("spiral | uniform", SPIRAL, uniform(1), 1.6503430),
          new KnownPair(
              "spiral | blended", SPIRAL, blend(0.8, law(SPIRAL), uniform(1.2)), 0.1832631));

  /** Pairs for which p has mass in tails of q that are so thin that few samples lie there. */
  static final List<KnownPair> ILL_POSED =
      List.of(
          new KnownPair("gaussian | N(0, .8^2)", GAUSSIAN, normal(0, 0, 0.8), 0.1162129),
          new KnownPair("gaussian | N((2, 0), I)", GAUSSIAN, normal(2, 0, 1), 2),
          new KnownPair("normal | N(0, .7^2)", NORMAL_1D, law(mixture1d(0.7, 0)), 0.1637332),
          new KnownPair("eight | sd .15", EIGHT, law(ring(0.15, 0)), 0.2023126));

  /** Pairs for which p has mass where q has too little to be sampled, or none. */
  static final List<KnownPair> UNSAMPLED =
      List.of(
          new KnownPair("eight | seven", EIGHT, law(sevenOfEight()), 2.8167248),
          new KnownPair("gaussian | correlated .8", GAUSSIAN, correlated(0.8), 1.2669522),
          new KnownPair("gaussian | N((3, 0), I)", GAUSSIAN, normal(3, 0, 1), 4.5),
          new KnownPair("gaussian | N(0, .5^2)", GAUSSIAN, normal(0, 0, 0.5), 1.6137056),
          new KnownPair("gaussian | box", GAUSSIAN, uniform(2), Double.POSITIVE_INFINITY));

  private Pairs() {}

  static Law law(TargetDistribution q) {
    float[] point = new float[q.dimensions()];
    return new Law(
        q.dimensions(),
        q::logDensity,
        (random, x) -> {
          q.sample(random, point);
          for (int a = 0; a < x.length; a++) {
            x[a] = point[a];
          }
        });
  }

  private static Law normal(double x, double y, double sd) {
    return law(mixture(sd, x, y));
  }

  /** Returns a mixture of equal normals at the centres x, y, x, y, ... */
  private static TargetDistribution mixture(double sd, double... centres) {
    int count = centres.length / 2;
    return new DivergenceLaws.Mixture(
        IntStream.range(0, count)
            .mapToObj(m -> new Mode(List.of(centres[2 * m], centres[2 * m + 1]), sd, 1.0 / count))
            .toList());
  }

  private static TargetDistribution mixture1d(double sd, double... centres) {
    return new DivergenceLaws.Mixture(
        IntStream.range(0, centres.length)
            .mapToObj(m -> new Mode(List.of(centres[m]), sd, 1.0 / centres.length))
            .toList());
  }

  private static TargetDistribution ring(double sd, double movedBy) {
    double[] centres = new double[16];
    for (int m = 0; m < 8; m++) {
      centres[2 * m] = 2 * Math.cos(Math.PI * m / 4) + movedBy;
      centres[2 * m + 1] = 2 * Math.sin(Math.PI * m / 4);
    }
    return mixture(sd, centres);
  }

  private static TargetDistribution alternating() {
    return new DivergenceLaws.Mixture(
        IntStream.range(0, 8)
            .mapToObj(
                m -> new Mode(EIGHT.modes().get(m).centre(), 0.2, m % 2 == 0 ? 0.1875 : 0.0625))
            .toList());
  }

  private static TargetDistribution sixOfEight() {
    return new DivergenceLaws.Mixture(
        EIGHT.modes().stream().skip(2).map(mode -> new Mode(mode.centre(), 0.2, 1.0 / 6)).toList());
  }

  /** Returns the eight Gaussians without the first. */
  static TargetDistribution sevenOfEight() {
    return new DivergenceLaws.Mixture(
        EIGHT.modes().stream().skip(1).map(mode -> new Mode(mode.centre(), 0.2, 1.0 / 7)).toList());
  }

  private static Law correlated(double rho) {
    double rest = Math.sqrt(1 - rho * rho);
    return new Law(
        2,
        x -> {
          double z = (x[1] - rho * x[0]) / rest;
          return -(x[0] * x[0] + z * z) / 2 - Math.log(2 * Math.PI * rest);
        },
        (random, x) -> {
          x[0] = random.nextGaussian();
          x[1] = rho * x[0] + rest * random.nextGaussian();
        });
  }

  private static Law studentT(int d, int nu) {
    double log =
        LogGamma.value((nu + d) / 2.0)
            - LogGamma.value(nu / 2.0)
            - 0.5 * d * Math.log(nu * Math.PI);
    return new Law(
        d,
        x -> {
          double squared = 0;
          for (double c : x) {
            squared += c * c;
          }
          return log - 0.5 * (nu + d) * Math.log1p(squared / nu);
        },
        (random, x) -> {
          double chi = 0;
          for (int j = 0; j < nu; j++) {
            double g = random.nextGaussian();
            chi += g * g;
          }
          for (int a = 0; a < d; a++) {
            x[a] = random.nextGaussian() / Math.sqrt(chi / nu);
          }
        });
  }

  private static Law laplace() {
    return new Law(
        1,
        x -> -Math.abs(x[0]) - Math.log(2),
        (random, x) -> x[0] = (random.nextBoolean() ? 1 : -1) * random.nextExponential());
  }

  private static Law uniform(double s) {
    return new Law(
        2,
        x ->
            Math.max(Math.abs(x[0]), Math.abs(x[1])) <= s
                ? -2 * Math.log(2 * s)
                : Double.NEGATIVE_INFINITY,
        (random, x) -> {
          x[0] = s * (2 * random.nextDouble() - 1);
          x[1] = s * (2 * random.nextDouble() - 1);
        });
  }

  private static Law smoothed(double h) {
    Law sharp = law(SPIRAL);
    return new Law(
        2,
        x -> SPIRAL.smoothedLogDensity(x, h),
        (random, x) -> {
          sharp.sampler().fill(random, x);
          x[0] += h * random.nextGaussian();
          x[1] += h * random.nextGaussian();
        });
  }

  private static Law withEight() {
    double[] centres = new double[16];
    for (int m = 0; m < 8; m++) {
      centres[2 * m] = Math.cos(Math.PI * m / 4);
      centres[2 * m + 1] = Math.sin(Math.PI * m / 4);
    }
    return blend(0.7, law(GAUSSIAN), law(mixture(0.1, centres)));
  }

  /** Returns the mixture of the first with that weight and the second. */
  private static Law blend(double weight, Law first, Law second) {
    return new Law(
        first.dimensions(),
        x ->
            Math.log(
                weight * Math.exp(first.logDensity().applyAsDouble(x))
                    + (1 - weight) * Math.exp(second.logDensity().applyAsDouble(x))),
        (random, x) -> (random.nextDouble() < weight ? first : second).sampler().fill(random, x));
  }
}
