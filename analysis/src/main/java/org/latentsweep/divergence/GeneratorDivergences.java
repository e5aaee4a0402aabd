package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.latentsweep.mapping.LatentMap;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * The divergences of {@link SmoothedDivergences} for a generator G that is known as a map, and not
 * only by samples: q is the distribution of G(z), with z drawn from the noise. The values do not
 * depend on which samples of q were stored, or how many.
 *
 * <p><b>Up to two continuous latents</b> ({@value #QUADRATURE}). q_h(x) = int N_h(x - G(z)) dnu(z)
 * is the quadrature of {@link LatentQuadrature}, and the divergences are those of {@link
 * ExactDivergences}, without corrections, because nothing is random. The number of cells on each
 * axis of the lattice is doubled until the values change little, or a last lattice is reached. The
 * interval is the value -+ the last change, and what the grid may add. The error decreases at least
 * in proportion to the side of a cell, so that the change bounds the error of the finer lattice
 * once both are in that regime.
 *
 * <p><b>More latents</b> ({@value #SAMPLES}). Samples are drawn until the interval of the forward
 * divergence is within {@value #RELATIVE_TOLERANCE} of its value or {@value #TOLERANCE} nats, in
 * rounds that double their number, up to {@value #MAX_SAMPLES}. The values and intervals are those
 * of {@link SmoothedDivergences} for these samples.
 *
 * <p><b>More latents, and mass of the target that samples do not reach</b> ({@value #IMPORTANCE}).
 * If the forward interval of the first samples is open, the forward divergence is that of {@link
 * LatentImportance}, and so is its part of the mean of both directions.
 *
 * <p>Many threads may call every method at the same time.
 */
public final class GeneratorDivergences {
  /** Name of the method of estimation by quadrature over the latents. */
  public static final String QUADRATURE = "latent-quadrature";

  /** Name of the method of estimation by drawing as many samples as it takes. */
  public static final String SAMPLES = "latent-samples";

  /** Name of the method of estimation by importance sampling of the latents. */
  public static final String IMPORTANCE = "latent-importance";

  private static final double RELATIVE_TOLERANCE = 0.05;
  private static final double TOLERANCE = 0.01;

  /** Cells on each axis of the first and the last lattice. Chosen by judgement, for the time. */
  private static final int MIN_CELLS_OF_CURVE = 1 << 10;

  private static final int MAX_CELLS_OF_CURVE = 1 << 16;
  private static final int MIN_CELLS_OF_SURFACE = 1 << 6;
  private static final int MAX_CELLS_OF_SURFACE = 1 << 8;

  /**
   * Cells into which points outside the grid are grouped at most. Chosen by judgement, for the
   * time. A coarser lattice gets fewer, so that the change of the values tells this error too.
   */
  private static final int MAX_OUTER_CELLS = 1 << 9;

  /** Chosen by judgement, like the next: a trade of the width of intervals against time. */
  private static final int MIN_SAMPLES = 1 << 16;

  private static final int MAX_SAMPLES = 1 << 18;

  /**
   * What the binning and the merging of points leave, which does not depend on the mesh. Chosen by
   * judgement: the tests check that the intervals hold the known divergences of normals, lines and
   * points.
   */
  private static final double GRID_ERROR = 2e-4;

  private static final double RELATIVE_GRID_ERROR = 5e-4;

  /** Seed of the latents that are drawn. Any seed would do. */
  private static final long SEED = 1;

  private final LatentMap map;
  private final NoiseLaw noise;
  private final NormalLatents latents;
  private final Map<Integer, LatentQuadrature> lattices = new HashMap<>(); // by cells
  private float[] drawn = {}; // row-major [n, d]
  private final long seed;
  private final RandomGenerator random;
  private LatentImportance importance; // null until it is needed

  /**
   * Takes a generator.
   *
   * @param map G
   * @param noise the law of its latents
   */
  public GeneratorDivergences(LatentMap map, NoiseLaw noise) {
    this(map, noise, SEED);
  }

  /** Takes a generator, and the seed of the latents that are drawn. */
  GeneratorDivergences(LatentMap map, NoiseLaw noise, long seed) {
    this.map = map;
    this.noise = noise;
    this.seed = seed;
    latents = new NormalLatents(map, noise);
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /**
   * Computes the divergences at one bandwidth.
   *
   * @param target p; equal targets share a cache entry
   * @param bandwidth h as a multiple of the target's default bandwidth
   * @return the metrics of {@link SmoothedDivergences#of}, with the estimator {@value #QUADRATURE},
   *     the number n of evaluations of G, the floor 0 and no standard error; or with the estimators
   *     {@value #SAMPLES} and {@value #IMPORTANCE}
   * @throws IllegalArgumentException if G maps a latent to an infinite or undefined point
   */
  public synchronized List<Metric> of(TargetDistribution target, Bandwidth bandwidth) {
    return latents.size() <= 2
        ? byQuadrature(target, bandwidth.of(target))
        : bySamples(target, bandwidth);
  }

  private List<Metric> byQuadrature(TargetDistribution target, double h) {
    TargetGrid grid = SmoothedDivergences.target(target, h);
    boolean surface = isSurface();
    int cells = surface ? MIN_CELLS_OF_SURFACE : MIN_CELLS_OF_CURVE;
    int max = surface ? MAX_CELLS_OF_SURFACE : MAX_CELLS_OF_CURVE;
    double budget = Math.pow(max, surface ? 2 : 1) / latents.places();
    Map<Divergence, Double> coarse = values(grid, cells);
    LatentEstimate estimate;
    do {
      cells *= 2;
      Map<Divergence, Double> fine = values(grid, cells);
      estimate = new LatentEstimate(fine, changes(fine, coarse), lattice(cells).evaluations());
      coarse = fine;
    } while (!estimate.isNarrow() && Math.pow(2.0 * cells, surface ? 2 : 1) <= budget);
    LatentEstimate last = estimate;
    return Stream.of(Divergence.values()).map(d -> metric(d, last, h)).toList();
  }

  /** Returns whether the images are a surface, and not a curve or points. */
  private boolean isSurface() {
    return latents.size() == 2;
  }

  private LatentQuadrature lattice(int cells) {
    return lattices.computeIfAbsent(cells, key -> new LatentQuadrature(latents, key));
  }

  private Map<Divergence, Double> values(TargetGrid target, int cells) {
    Grid grid = target.grid();
    double edge = grid.coordinate(grid.nodes() - 1);
    int outerCells = Math.min(MAX_OUTER_CELLS, isSurface() ? 2 * cells : cells / 8);
    return ExactDivergences.of(target, lattice(cells).points(target.bandwidth(), edge), outerCells);
  }

  private static Map<Divergence, Double> changes(
      Map<Divergence, Double> fine, Map<Divergence, Double> coarse) {
    Map<Divergence, Double> changes = new EnumMap<>(Divergence.class);
    fine.forEach((key, value) -> changes.put(key, Math.abs(value - coarse.get(key))));
    return changes;
  }

  private static Metric metric(Divergence divergence, LatentEstimate estimate, double h) {
    double exact = estimate.values().get(divergence);
    double error = estimate.changes().get(divergence) + gridError(exact);
    double value = Math.max(0, Math.min(divergence.max(), exact));
    return new Metric(
        divergence.metric(),
        QUADRATURE,
        value,
        Double.NaN,
        Math.max(0, value - error),
        Math.min(divergence.max(), value + error),
        0,
        estimate.evaluations(),
        h,
        Double.NaN,
        estimate.isNarrow(divergence)
            ? ""
            : "the finest lattice of latents leaves an error of more than 0.5%");
  }

  private List<Metric> bySamples(TargetDistribution target, Bandwidth bandwidth) {
    TargetGrid grid = SmoothedDivergences.target(target, bandwidth.of(target));
    int n = MIN_SAMPLES;
    SmoothedEstimate forward = forward(grid, n);
    while (n < MAX_SAMPLES
        && !forward.isOpen()
        && !isNarrow(forward.halfWidth(), forward.value())) {
      n *= 2;
      forward = forward(grid, n);
    }
    List<Metric> metrics =
        SmoothedDivergences.of(target, draw(n), bandwidth).stream()
            .map(metric -> metric.withEstimator(SAMPLES))
            .toList();
    return forward.isOpen() ? withImportance(grid, n, metrics) : metrics;
  }

  private SmoothedEstimate forward(TargetGrid grid, int n) {
    return SmoothedEstimator.estimate(grid, draw(n)).get(Divergence.KL_FORWARD);
  }

  /** Returns the metrics with the divergences that depend on log q by importance sampling. */
  private List<Metric> withImportance(TargetGrid grid, int n, List<Metric> metrics) {
    SampleDensity samples = SampleDensity.of(grid.grid(), grid.bandwidth(), draw(n));
    ImportanceEstimate estimate = importance().estimate(grid, HalvedNodes.of(grid, samples).thin());
    return new ImportanceMetrics(estimate, metrics).all();
  }

  private LatentImportance importance() {
    if (importance == null) {
      importance = new LatentImportance(latents, seed);
    }
    return importance;
  }

  /** Returns whether half of the width of a forward interval is as small as is asked for. */
  static boolean isNarrow(double half, double value) {
    return half <= Math.max(RELATIVE_TOLERANCE * value, TOLERANCE);
  }

  /** Returns a bound of what the grid adds to the error of a value. */
  static double gridError(double value) {
    return GRID_ERROR + RELATIVE_GRID_ERROR * Math.abs(value);
  }

  /** Returns the images of the first n latents. */
  private float[] draw(int n) {
    int d = map.dimensions();
    int before = drawn.length / d;
    if (n > before) {
      float[] latents = new float[(n - before) * map.latentDimension()];
      noise.fill(random, map.latentDimension(), latents);
      float[] more = Arrays.copyOf(drawn, n * d);
      float[] values = map.values(latents);
      System.arraycopy(values, 0, more, before * d, values.length);
      drawn = more;
    }
    return Arrays.copyOf(drawn, n * d);
  }
}
