package org.latentsweep.divergence;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Estimates KL(p_h || q_h) for a generator by importance sampling of its latents: {@link
 * LatentSearch} finds latents that lead to where few samples of q but much of the target is, and
 * {@link LatentProposal} draws around them. The weighted images estimate q_h without bias, with a
 * small relative error also where q_h is far too small for samples of q.
 *
 * <p>Drawing goes in rounds. A round whose interval is too wide is followed by one with more
 * latents, and with anchors for the nodes that are still scarce.
 *
 * <p>Y. Wu et al., "On the quantitative analysis of decoder-based generative models" (2017), use
 * annealed importance sampling for the same purpose, where images have many dimensions. In two
 * dimensions a search and one step of sampling do.
 */
final class LatentImportance {
  /** Latents of a batch in the first round. Chosen by judgement, for the time. */
  private static final int FIRST_BATCH = 1 << 10;

  /** How many times as many latents the next round has. Chosen by judgement, for the time. */
  private static final int GROWTH = 4;

  /** Rounds. Chosen by judgement, for the time. */
  private static final int ROUNDS = 2;

  /**
   * Side in bandwidths of the cells of nodes that share anchors. Chosen by judgement: anchors,
   * which lead to within about h of the middle, overlap at the edges.
   */
  private static final double CELL = 2;

  /**
   * Sides of wider cells in standard deviations of the error. Chosen by judgement: normals three
   * deviations apart leave no gap between them.
   */
  private static final double SIDE_IN_ERRORS = 3;

  /** The most places that get anchors in a round. Chosen by judgement, for the time. */
  private static final int MAX_PLACES = 256;

  /** The factor by which cells are made wider at a time. Chosen by judgement. */
  private static final double WIDER = 1.25;

  /** Share of the mass of the nodes from which on a place gets anchors. Chosen by judgement. */
  private static final double NEGLIGIBLE = 1e-6;

  /**
   * What is added to the seed, to keep the latents of the samples, the search and the draws apart.
   */
  private static final long SEARCH = 1L << 32;

  private static final long DRAWS = 2L << 32;

  private final NormalLatents latents;
  private final long seed;
  private final LatentSearch search;

  /**
   * Prepares the search.
   *
   * @param seed of all random latents
   */
  LatentImportance(NormalLatents latents, long seed) {
    this.latents = latents;
    this.seed = seed;
    search = new LatentSearch(latents, random(seed + SEARCH));
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /**
   * Estimates the divergence.
   *
   * @param thin the nodes where samples of q are few, with their masses; at least one
   * @throws IllegalArgumentException if the generator gives values that are not finite
   */
  ImportanceEstimate estimate(TargetGrid target, List<NodeMass> thin) {
    List<LatentAnchor> anchors = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    List<NodeMass> nodes = thin;
    ImportanceEstimate estimate = null;
    RandomGenerator random = random(seed + DRAWS); // anew, whatever was estimated before
    int batch = FIRST_BATCH;
    for (int round = 0; round < ROUNDS; round++) {
      addAnchors(target, nodes, anchors, weights);
      LatentProposal proposal = new LatentProposal(latents.places(), anchors, weights);
      estimate = estimate(target, proposal, batch, random);
      if (estimate.isNarrow()) {
        return estimate;
      }
      nodes = estimate.scarce();
      batch *= GROWTH;
    }
    return estimate;
  }

  /** Adds anchors for nodes, whose weights add up to 1. */
  private void addAnchors(
      TargetGrid target, List<NodeMass> nodes, List<LatentAnchor> anchors, List<Double> weights) {
    if (nodes.isEmpty()) {
      return;
    }
    WeightedPoints points = points(target, nodes);
    double side = CELL * target.bandwidth();
    KernelSites places = heavy(points.sites(side));
    while (places.size() > MAX_PLACES) {
      side *= WIDER;
      places = heavy(points.sites(side));
    }
    double error = Math.max(target.bandwidth(), side / SIDE_IN_ERRORS);
    add(places, search.at(places, error), anchors, weights);
  }

  private static WeightedPoints points(TargetGrid target, List<NodeMass> nodes) {
    WeightedPoints points = new WeightedPoints(target.grid().dimensions());
    for (NodeMass node : nodes) {
      points.add(
          target.grid().coordinate(node.column()),
          target.grid().y(node.row()),
          Math.log(node.mass()));
    }
    return points;
  }

  private static void add(
      KernelSites places,
      List<List<LatentAnchor>> found,
      List<LatentAnchor> anchors,
      List<Double> weights) {
    double total = 0;
    for (int i = 0; i < places.size(); i++) {
      total += found.get(i).size() * Math.sqrt(places.count(i));
    }
    for (int i = 0; i < places.size(); i++) {
      for (LatentAnchor anchor : found.get(i)) {
        anchors.add(anchor);
        weights.add(Math.sqrt(places.count(i)) / total);
      }
    }
  }

  private static KernelSites heavy(KernelSites sites) {
    double least = NEGLIGIBLE * sites.samples();
    return sites.subset(
        IntStream.range(0, sites.size()).filter(i -> sites.count(i) >= least).toArray());
  }

  private ImportanceEstimate estimate(
      TargetGrid target, LatentProposal proposal, int batch, RandomGenerator random) {
    List<WeightedPoints> batches = new ArrayList<>();
    for (int b = 0; b < ImportanceEstimate.BATCHES; b++) {
      batches.add(draw(proposal, batch, random));
    }
    return ForwardJackknife.of(
        target,
        BatchDensity.of(target, batches),
        (long) batch * ImportanceEstimate.BATCHES,
        1 / LatentProposal.SHARE_OF_NOISE);
  }

  private WeightedPoints draw(LatentProposal proposal, int n, RandomGenerator random) {
    double[][] t = new double[n][latents.size()];
    int[] places = proposal.draw(random, t);
    float[] images = latents.finiteImages(t, places);
    int d = latents.dimensions();
    WeightedPoints points = new WeightedPoints(d);
    for (int i = 0; i < n; i++) {
      double y = d == 1 ? 0 : images[2 * i + 1];
      points.add(images[i * d], y, proposal.logWeight(t[i], places[i]));
    }
    return points;
  }
}
