package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The distribution r of latents for importance sampling: a mixture of the noise nu, with the weight
 * a = {@value #SHARE_OF_NOISE}, and of {@link LatentAnchor}s. A latent t counts nu(t) / r(t), at
 * most 1 / a (a "defensive" mixture, with the balance heuristic), so that sums of these weights are
 * unbiased whatever the anchors are, and never worse by more than 1 / a in variance than sums over
 * as many latents from the noise. Immutable.
 *
 * <p>Source: A. Owen and Y. Zhou, "Safe and effective importance sampling" (2000).
 */
final class LatentProposal {
  /** Chosen by judgement: half of the latents are from the noise. */
  static final double SHARE_OF_NOISE = 0.5;

  /**
   * Terms below exp(-WINDOW) of the largest are left out. Chosen by judgement: thousands of them
   * change a weight by less than 1e-8.
   */
  private static final double WINDOW = 30;

  private final int places;
  private final List<LatentAnchor> anchors;
  private final double[] cumulative; // shares of the anchors among them
  private final double[] logShare; // log of the places times the share of each anchor in r

  /**
   * Makes the mixture.
   *
   * @param places number of places of the one-hot vector, which the noise chooses evenly
   * @param anchors at least one
   * @param weights in proportion to the shares of the anchors
   */
  LatentProposal(int places, List<LatentAnchor> anchors, List<Double> weights) {
    this.places = places;
    this.anchors = List.copyOf(anchors);
    double total = weights.stream().mapToDouble(w -> w).sum();
    cumulative = new double[anchors.size()];
    logShare = new double[anchors.size()];
    double sum = 0;
    for (int j = 0; j < cumulative.length; j++) {
      double share = weights.get(j) / total;
      sum += share;
      cumulative[j] = sum;
      logShare[j] = Math.log((1 - SHARE_OF_NOISE) * share * places);
    }
  }

  /**
   * Draws latents, stratified over the parts of the mixture.
   *
   * @param t filled with latents, [n][k]
   * @return the places of their one-hot vectors, [n]
   */
  int[] draw(RandomGenerator random, double[][] t) {
    int[] place = new int[t.length];
    for (int i = 0; i < t.length; i++) {
      double u = (i + random.nextDouble()) / t.length;
      if (u < SHARE_OF_NOISE) {
        Arrays.setAll(t[i], j -> random.nextGaussian());
        place[i] = random.nextInt(places);
      } else {
        LatentAnchor anchor = anchorAt((u - SHARE_OF_NOISE) / (1 - SHARE_OF_NOISE));
        anchor.draw(random, t[i]);
        place[i] = anchor.place();
      }
    }
    return place;
  }

  private LatentAnchor anchorAt(double u) {
    int j = Arrays.binarySearch(cumulative, u);
    return anchors.get(Math.min(anchors.size() - 1, j < 0 ? -j - 1 : j));
  }

  /** Returns log(nu(t) / r(t)) of a latent with a place of its one-hot vector. */
  double logWeight(double[] t, int place) {
    double largest = Math.log(SHARE_OF_NOISE);
    double sum = 1; // over exp(largest)
    for (int j = 0; j < logShare.length; j++) {
      LatentAnchor anchor = anchors.get(j);
      double term =
          anchor.place() == place ? logShare[j] + anchor.logRatio(t) : Double.NEGATIVE_INFINITY;
      if (term > largest) {
        sum = 1 + sum * Math.exp(largest - term);
        largest = term;
      } else if (term > largest - WINDOW) {
        sum += Math.exp(term - largest);
      }
    }
    return -largest - Math.log(sum);
  }
}
