package org.latentsweep.coverage;

/**
 * Exact means over all subsets of N out of n samples (rarefaction, Hurlbert 1971). They have the
 * expectation of the mean over disjoint blocks of N and less noise, and do not depend on the order
 * of the samples.
 *
 * @param n number of samples
 * @param block N, at most n
 */
record Rarefaction(int n, int block) {
  /**
   * Hypergeometric probabilities, relative to the largest, below which sums end. Chosen by
   * judgement, below double precision.
   */
  private static final double NEGLIGIBLE = 1e-18;

  /**
   * Returns the probability that a subset holds none of {@code count} samples: C(n - count, N) /
   * C(n, N) = prod_{i < count} (n - N - i) / (n - i).
   */
  double missed(long count) {
    double product = 1;
    for (long i = 0; i < count && product > Double.MIN_NORMAL; i++) {
      product *= Math.max(0.0, n - block - i) / (n - i);
    }
    return product;
  }

  /**
   * Returns E[(K/N) log(K / (N w))] in nats, where K is the number of {@code count} samples in a
   * subset, and w a weight. The hypergeometric probabilities follow from their ratios, outwards
   * from the largest.
   */
  double meanDivergenceTerm(long count, double weight) {
    long top = (long) ((block + 1.0) * (count + 1.0) / (n + 2.0));
    double total = 0;
    double sum = 0;
    double p = 1;
    for (long k = top; k <= Math.min(count, block) && p > NEGLIGIBLE; k++) {
      total += p;
      sum += p * divergenceTerm(k, weight);
      p *= (count - k) / (k + 1.0) * (block - k) / (n - count - block + k + 1.0);
    }
    p = 1;
    for (long k = top; k > Math.max(0, block - (n - count)); k--) {
      p *= k / (count - k + 1.0) * (n - count - block + k) / (block - k + 1.0);
      if (p < NEGLIGIBLE) {
        break;
      }
      total += p;
      sum += p * divergenceTerm(k - 1, weight);
    }
    return sum / total;
  }

  private double divergenceTerm(long k, double weight) {
    double share = (double) k / block;
    return k == 0 ? 0 : share * Math.log(share / weight);
  }
}
