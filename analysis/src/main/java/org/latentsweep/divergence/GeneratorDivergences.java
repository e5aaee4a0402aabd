package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.EnumMap;
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
 * <p><b>One or two continuous latents</b> ({@value #QUADRATURE}). q_h(x) = int N_h(x - G(z)) dnu(z)
 * is computed by the midpoint rule of {@link LatentMesh}, and the divergences are sums over the
 * grid of the target as in {@link PlugIn}, without corrections, because nothing is random. The
 * whole computation is repeated with a mesh, and cells of sites, that are twice as wide. The
 * interval is the value -+ the difference of the two, and what the grid may add. The errors
 * decrease at least in proportion to the width of the mesh, so that the difference bounds the error
 * of the finer one once both are in that regime.
 *
 * <p><b>More latents</b> ({@value #SAMPLES}). Samples are drawn until the interval of the forward
 * divergence is within {@value #RELATIVE_TOLERANCE} of its value or {@value #TOLERANCE} nats, in
 * rounds that double their number, up to {@value #MAX_SAMPLES}. The values and intervals are those
 * of {@link SmoothedDivergences} for these samples. Where the target has mass that they say too
 * little of, the interval stays open.
 *
 * <p>Many threads may call every method at the same time.
 */
public final class GeneratorDivergences {
  /** Name of the method of estimation by quadrature over the latents. */
  public static final String QUADRATURE = "latent-quadrature";

  /** Name of the method of estimation by drawing as many samples as it takes. */
  public static final String SAMPLES = "latent-samples";

  private static final double RELATIVE_TOLERANCE = 0.05;
  private static final double TOLERANCE = 0.01;

  /** Chosen by judgement: a trade of the error of the quadrature against its time. */
  private static final int LATTICE_EVALUATIONS = 1 << 16;

  /** Chosen by judgement: a curve needs fewer evaluations than a surface. */
  private static final int CURVE_EVALUATIONS = 1 << 14;

  /** Chosen by judgement, like the next: a trade of the width of intervals against time. */
  private static final int MIN_SAMPLES = 1 << 16;

  private static final int MAX_SAMPLES = 1 << 18;

  /**
   * Distance of neighbouring points in bandwidths. The error of the midpoint rule with the step a h
   * for a normal of standard deviation h is 2 exp(-2 pi^2 / a^2), which is below 1e-33.
   */
  private static final double SPACING = 0.5;

  /** Sides of the cells of sites, over the step of the grid. */
  private static final double FINE_SIDE = 0.5;

  /**
   * What the binning and the merging of points leave, which does not depend on the mesh. Chosen by
   * judgement: the tests check that the intervals hold the known divergences of normals, lines and
   * points.
   */
  private static final double GRID_ERROR = 2e-4;

  private static final double RELATIVE_GRID_ERROR = 5e-4;

  /** As in {@link TargetGrid}: shorter than for samples, because the far field has creases. */
  private static final int FAR_CELL = 2;

  /** Seed of the latents that are drawn. Any seed would do. */
  private static final long SEED = 1;

  private final LatentMap map;
  private final NoiseLaw noise;
  private LatentMesh mesh; // null until it is needed
  private float[] drawn = {}; // row-major [n, d]
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

  /**
   * Takes a generator.
   *
   * @param map G
   * @param noise the law of its latents
   */
  public GeneratorDivergences(LatentMap map, NoiseLaw noise) {
    this.map = map;
    this.noise = noise;
  }

  /**
   * Computes the divergences at one bandwidth.
   *
   * @param target p; equal targets share a cache entry
   * @param bandwidth h as a multiple of the target's default bandwidth
   * @return the metrics of {@link SmoothedDivergences#of}, with the estimator {@value #QUADRATURE},
   *     the number n of evaluations of G, the floor 0 and no standard error; or with the estimator
   *     {@value #SAMPLES}
   * @throws IllegalArgumentException if G maps a latent to an infinite or undefined point
   */
  public synchronized List<Metric> of(TargetDistribution target, Bandwidth bandwidth) {
    return LatentMesh.covers(noise, map.latentDimension())
        ? byQuadrature(target, bandwidth.of(target))
        : bySamples(target, bandwidth);
  }

  private List<Metric> byQuadrature(TargetDistribution target, double h) {
    int evaluations =
        noise.continuousDimensions(map.latentDimension()) == 2
            ? LATTICE_EVALUATIONS
            : CURVE_EVALUATIONS;
    if (mesh == null) {
      mesh = LatentMesh.of(map, noise, evaluations);
    }
    if (!mesh.isFinite()) {
      throw new IllegalArgumentException(
          "Cannot measure the generator: it maps a latent to an infinite or undefined point");
    }
    TargetGrid grid = SmoothedDivergences.target(target, h);
    double side = FINE_SIDE * grid.grid().step();
    Map<Divergence, Double> fine = values(grid, mesh.points(SPACING * h), side);
    Map<Divergence, Double> coarse = values(grid, mesh.halved().points(2 * SPACING * h), 2 * side);
    return Stream.of(Divergence.values())
        .map(d -> metric(d, fine.get(d), coarse.get(d), evaluations, h))
        .toList();
  }

  /** Returns the divergences for a density that is taken to be exact. */
  private static Map<Divergence, Double> values(
      TargetGrid target, LatentPoints points, double side) {
    SampleDensity density = points.smoothed(target.grid(), target.bandwidth(), side);
    FarField far = new FarField(target.grid(), density.sites(), target.bandwidth(), FAR_CELL);
    PlugIn plugIn = PlugIn.of(target, density, far).plus(OuterSites.of(target, density));
    Map<Divergence, Double> values = new EnumMap<>(Divergence.class);
    values.put(Divergence.KL_FORWARD, plugIn.forward());
    values.put(Divergence.KL_REVERSE, plugIn.reverse());
    values.put(Divergence.KL_MEAN, (plugIn.forward() + plugIn.reverse()) / 2);
    values.put(Divergence.JS, plugIn.js());
    values.put(Divergence.KL_SKEW, plugIn.skew());
    return values;
  }

  private static Metric metric(
      Divergence divergence, double fine, double coarse, int evaluations, double h) {
    double error = Math.abs(fine - coarse) + GRID_ERROR + RELATIVE_GRID_ERROR * Math.abs(fine);
    double value = Math.max(0, Math.min(divergence.max(), fine));
    return new Metric(
        divergence.metric(),
        QUADRATURE,
        value,
        Double.NaN,
        Math.max(0, value - error),
        Math.min(divergence.max(), value + error),
        0,
        evaluations,
        h,
        Double.NaN);
  }

  private List<Metric> bySamples(TargetDistribution target, Bandwidth bandwidth) {
    TargetGrid grid = SmoothedDivergences.target(target, bandwidth.of(target));
    int n = MIN_SAMPLES;
    while (n < MAX_SAMPLES && !isPrecise(grid, draw(n))) {
      n *= 2;
    }
    return SmoothedDivergences.of(target, draw(n), bandwidth).stream()
        .map(metric -> metric.withEstimator(SAMPLES))
        .toList();
  }

  private static boolean isPrecise(TargetGrid grid, float[] points) {
    SmoothedEstimate forward = SmoothedEstimator.estimate(grid, points).get(Divergence.KL_FORWARD);
    double half = (forward.ciHigh() - forward.ciLow()) / 2;
    return half <= Math.max(RELATIVE_TOLERANCE * forward.value(), TOLERANCE);
  }

  /** Returns the images of the first n latents. */
  private float[] draw(int n) {
    int d = map.dimensions();
    int before = drawn.length / d;
    if (n > before) {
      float[] latents = new float[(n - before) * map.latentDimension()];
      noise.fill(random, map.latentDimension(), latents);
      float[] more = Arrays.copyOf(drawn, n * d);
      double[] z = new double[map.latentDimension()];
      double[] x = new double[d];
      for (int i = before; i < n; i++) {
        for (int j = 0; j < z.length; j++) {
          z[j] = latents[(i - before) * z.length + j];
        }
        map.value(z, x);
        for (int a = 0; a < d; a++) {
          more[i * d + a] = (float) x[a];
        }
      }
      drawn = more;
    }
    return Arrays.copyOf(drawn, n * d);
  }
}
