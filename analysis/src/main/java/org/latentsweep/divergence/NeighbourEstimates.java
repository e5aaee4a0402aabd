package org.latentsweep.divergence;

import org.latentsweep.neighbour.NearestNeighbours;
import org.latentsweep.target.TargetDistribution;
import smile.math.special.Gamma;

/**
 * Divergences without smoothing from the distance r_k(x) to the k-th nearest sample, k = {@value
 * #K}, with p known exactly. With c_d the volume of the unit ball, the density estimate
 *
 * <pre>log q^(x) = psi(k) - log n - log c_d - d log r_k(x)</pre>
 *
 * is unbiased where q is constant over the ball of radius r_k(x). The divergences are
 *
 * <pre>
 *   forward  int p (log p - log q^) dx
 *   reverse  1/n sum_i log q^_{-i}(x_i) - log p(x_i)
 * </pre>
 *
 * where q^_{-i} leaves x_i out of the n samples. The reverse one is minus the entropy of Kozachenko
 * and Leonenko (1987), minus the mean log density of the target. The forward one is that of Wang,
 * Kulkarni and Verdu (2009), "Divergence estimation for multidimensional densities via
 * k-nearest-neighbor distances", with p known instead of sampled. Both may be negative.
 *
 * <p><b>Standard errors.</b> q^ varies like a gamma variate of shape k, whose log has the variance
 * psi'(k). Reverse: the variance of its terms, which includes that one, over n; because samples
 * share neighbours, n times the variance of the mean is greater than psi'(5) = 0.22 even if q is
 * uniform: it was 0.38 for d = 1 and 0.30 for d = 2 in 300 sets of 1,000 samples on a torus, and
 * the difference is added. Forward: the influence of a sample is -p / q, with second moment E_q (p
 * / q)^2 = int p (p / q) dx, where 1 / q is estimated without bias as e^psi(k) / k times 1 / q^;
 * psi'(k) is added to the variance of the influence, and the sum is divided by n.
 *
 * <p><b>Bias.</b> Where q varies over the ball, q^ has a bias. It grows with a power a of r_k, and
 * so of k^(1/d):
 *
 * <pre>b = (estimate from the 4k-th neighbour - estimate from the k-th) / (4^(a/d) - 1)</pre>
 *
 * The power is 2 where q is smooth and 1 on edges of q. In the reverse direction, tails of q count
 * where a ball is as wide as the tail, and the power is lower: with 1,000 samples of eight modes
 * the bias was that of 1/2. So the bias is taken to be between 0 and b, with a = 1 in the forward
 * direction and 1/2 in the reverse one, and the interval allows for all of this range. The value
 * keeps the bias, because subtracting it would add noise. In the reverse direction b is a
 * difference of noisy means, and chance may hide a bias: b is taken to be at least {@value #NOISE}
 * of its own standard errors, with its sign.
 *
 * <p><b>Beyond the samples.</b> Where q is constant over the ball of the 2k-th neighbour, (r_1 /
 * r_2k)^d exceeds t with probability (1 - t)^(2k-1). Far from all samples it tends to 1 instead,
 * since all neighbours are about as far away. Points of p where it exceeds {@value #BEYOND} are
 * counted as beyond the samples: there q^ is too great by an unknown factor, and so the forward
 * estimate too small.
 *
 * <p>Where the k nearest samples are all at the point itself, r_k is replaced by the distance of
 * neighbouring floats there, and the estimate gives the share of such points. For one thread.
 */
final class NeighbourEstimates {
  /** Neighbours counted. Chosen by judgement: a greater k varies less and is more biased. */
  static final int K = 5;

  /**
   * A point is beyond the samples where (r_1 / r_2k)^d exceeds this. Chosen so that chance, which
   * is 0.4^9 where q is constant, adds only 0.0003 to the share of such points.
   */
  private static final double BEYOND = 0.6;

  /**
   * The multiple of k whose neighbour tells the bias. With 2 the noise of b would be twice as
   * large.
   */
  private static final int WIDER = 4;

  /** What is added to the variance of a term, for d = 1 and 2, as samples share neighbours. */
  private static final double[] SHARED = {0.16, 0.08};

  /**
   * What is added to the variance of a difference between the two estimates of log q^ at a sample,
   * as samples share neighbours: n times the variance of the mean difference was 0.32 for d = 1 and
   * 2 in 600 sets of 1,000 samples on a torus, and the mean variance of the differences was 0.17.
   */
  private static final double SHARED_DIFFERENCE = 0.15;

  /** The 90th percentile of the standard normal distribution. */
  private static final double NOISE = 1.2816;

  private static final double FORWARD_POWER = 1;
  private static final double REVERSE_POWER = 0.5;

  private final TargetDistribution target;
  private final float[] samples; // [n, d]
  private final int dimensions;
  private final NearestNeighbours neighbours;
  private final double[] squared = new double[WIDER * K + 1]; // buffers of queries
  private final int[] rows = new int[WIDER * K + 1];

  /** Takes samples, row-major [n, d], more than {@value #WIDER} times {@value #K} of them. */
  NeighbourEstimates(TargetDistribution target, float[] samples) {
    this.target = target;
    this.samples = samples;
    dimensions = target.dimensions();
    neighbours = new NearestNeighbours(samples, dimensions);
  }

  /**
   * An estimate of KL(p || q).
   *
   * @param value in nats
   * @param sampling standard error by the choice of samples
   * @param bias the bias is between 0 and this
   * @param floored share of p at which the distance was 0
   * @param beyond share of p that is beyond the samples
   */
  record ForwardEstimate(
      double value, double sampling, double bias, double floored, double beyond) {
    /** Returns the standard error of the value, with the middle of the bias. */
    double standardError() {
      return Math.hypot(sampling, bias / 2);
    }
  }

  /**
   * An estimate of KL(q || p).
   *
   * @param value in nats, infinite if samples are stray
   * @param sampling standard error by the choice of samples, NaN if the value is infinite
   * @param bias the bias is between 0 and this
   * @param floored share of the samples with {@value #K} others at the same place
   * @param tied share of the samples with any other at the same place
   * @param stray share of the samples outside the support of p
   */
  record ReverseEstimate(
      double value, double sampling, double bias, double floored, double tied, double stray) {
    /** Returns the standard error of the value, with the middle of the bias. */
    double standardError() {
      return Math.hypot(sampling, bias / 2);
    }
  }

  /** Estimates KL(p || q), with points that represent p. */
  ForwardEstimate forward(TargetPoints points) {
    double n = samples.length / dimensions;
    double value = 0;
    double wider = 0;
    double second = 0;
    double floored = 0;
    double beyond = 0;
    for (int i = 0; i < points.size(); i++) {
      double x = points.x(i);
      double y = points.y(i);
      double weight = points.weight(i);
      neighbours.nearest(x, y, squared, rows);
      double logRatio = points.logP(i) - logDensity(squared[K - 1], n, K, x, y);
      value += weight * logRatio;
      wider += weight * (points.logP(i) - logDensity(squared[WIDER * K - 1], n, WIDER * K, x, y));
      second += weight * Math.exp(logRatio);
      floored += squared[K - 1] == 0 ? weight : 0;
      double ratio = Math.pow(squared[0] / squared[2 * K - 1], dimensions / 2.0);
      beyond += ratio > BEYOND ? weight : 0;
    }
    double influence = second * Math.exp(Gamma.digamma(K)) / K - 1;
    double variance = (Math.max(0, influence) + trigamma()) / n;
    return new ForwardEstimate(
        value, Math.sqrt(variance), bias(wider - value, FORWARD_POWER), floored, beyond);
  }

  /** Estimates KL(q || p); infinite if a sample lies outside the support of p. */
  ReverseEstimate reverse() {
    int n = samples.length / dimensions;
    double mean = 0;
    double squares = 0;
    double wider = 0; // mean difference of the wider estimate
    double widerSquares = 0;
    int floored = 0;
    int tied = 0;
    int stray = 0;
    for (int i = 0; i < n; i++) {
      int row = neighbours.rowAt(i);
      double x = samples[row * dimensions];
      double y = dimensions == 1 ? 0 : samples[row * dimensions + 1];
      neighbours.nearest(x, y, squared, rows); // the nearest is the sample itself
      double logQ = logDensity(squared[K], n - 1, K, x, y);
      double logP = TargetPoints.logDensityAtSample(target, x, y);
      double term = logQ - logP;
      double step = (term - mean) / (i + 1);
      squares += step * (term - mean) * i;
      mean += step;
      double difference = logDensity(squared[WIDER * K], n - 1, WIDER * K, x, y) - logQ;
      double widerStep = (difference - wider) / (i + 1);
      widerSquares += widerStep * (difference - wider) * i;
      wider += widerStep;
      floored += squared[K] == 0 ? 1 : 0;
      tied += squared[1] == 0 ? 1 : 0;
      stray += logP == Double.NEGATIVE_INFINITY ? 1 : 0;
    }
    return new ReverseEstimate(
        stray == 0 ? mean : Double.POSITIVE_INFINITY,
        stray == 0 ? Math.sqrt((squares / (n - 1) + SHARED[dimensions - 1]) / n) : Double.NaN,
        bias(atLeastNoise(wider, widerSquares, n), REVERSE_POWER),
        (double) floored / n,
        (double) tied / n,
        (double) stray / n);
  }

  /** Returns a mean difference, or a multiple of its standard error if that is greater. */
  private static double atLeastNoise(double mean, double squares, int n) {
    double standardError = Math.sqrt((squares / (n - 1) + SHARED_DIFFERENCE) / n);
    return Math.copySign(Math.max(Math.abs(mean), NOISE * standardError), mean);
  }

  private double bias(double change, double power) {
    return change / (Math.pow(WIDER, power / dimensions) - 1);
  }

  /** Returns log q^ at a point from the squared distance to the k-th of n neighbours. */
  private double logDensity(double squaredDistance, double n, int k, double x, double y) {
    double distance = Math.sqrt(squaredDistance);
    double resolution = Math.ulp((float) Math.max(Math.abs(x), Math.abs(y)));
    return Gamma.digamma(k)
        - Math.log(n)
        - Math.log(dimensions == 1 ? 2 : Math.PI)
        - dimensions * Math.log(distance > 0 ? distance : resolution);
  }

  /** Returns psi'(k), by its recurrence from psi'(1) = pi^2 / 6. */
  private static double trigamma() {
    double value = Math.PI * Math.PI / 6;
    for (int j = 1; j < K; j++) {
      value -= 1.0 / (j * j);
    }
    return value;
  }
}
