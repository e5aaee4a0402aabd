package org.latentsweep.divergence;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/**
 * The distribution of a generator with two latents, uniform on [-1, 1]^2, that learned the spiral
 * with a fault: it leaves out the arc of {@value #FROM} &lt; u &lt; {@value #TO}, or it is rotated.
 * Smoothed by N_h, it is the mean over a lattice of latents of a normal at each image.
 */
final class MappedSpiral extends StudyLaw {
  private static final double FROM = 0.2;
  private static final double TO = 0.4;

  /**
   * Latents along the spiral and across it. The images are at most 0.0075 and 0.0025 apart, so that
   * the log density is wrong by less than 0.05 at 0.2 from an edge, for a bandwidth of 0.03.
   */
  private static final int ALONG = 2_400;

  private static final int ACROSS = 40;

  private static final int MIDDLE = ACROSS / 2;
  private static final double HALF_BAND = 0.05;

  /** Terms below exp(-40) of the greatest are left out. */
  private static final double CUT = 40;

  private static final TargetDistribution SPIRAL = Targets.named("spiral");

  private final boolean arcMissing;
  private final double angle;
  private final double[] images; // [ALONG * ACROSS, 2]

  private MappedSpiral(String name, boolean arcMissing, double angle) {
    super(name, SPIRAL.supportHalfWidth());
    this.arcMissing = arcMissing;
    this.angle = angle;
    images = new double[2 * ALONG * ACROSS];
    double[] x = new double[2];
    for (int i = 0; i < ALONG * ACROSS; i++) {
      double u = (2 * (i / ACROSS) + 1.0) / ALONG - 1;
      double v = (2 * (i % ACROSS) + 1.0) / ACROSS - 1;
      value(new double[] {u, v}, x);
      images[2 * i] = x[0];
      images[2 * i + 1] = x[1];
    }
  }

  /** Returns the spiral of which a tenth of the mass is missing. */
  static MappedSpiral withoutArc(String name) {
    return new MappedSpiral(name, true, 0);
  }

  /** Returns the spiral rotated about the origin. */
  static MappedSpiral rotated(String name, double angle) {
    return new MappedSpiral(name, false, angle);
  }

  /** Maps a latent in [-1, 1]^2 to its image. */
  void value(double[] z, double[] x) {
    NaturalMap map = SPIRAL.naturalMap();
    map.map(new double[] {arcMissing ? aroundArc(z[0]) : z[0], z[1]}, x);
    rotate(x, angle);
  }

  private static double aroundArc(double latent) {
    double u = -1 + (latent + 1) * (2 - TO + FROM) / 2;
    return u < FROM ? u : u + TO - FROM;
  }

  private static void rotate(double[] x, double by) {
    double turned = x[0] * Math.cos(by) - x[1] * Math.sin(by);
    x[1] = x[0] * Math.sin(by) + x[1] * Math.cos(by);
    x[0] = turned;
  }

  @Override
  void draw(RandomGenerator random, double[] x) {
    value(new double[] {2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1}, x);
  }

  @Override
  public double logDensity(double[] x) {
    double[] back = x.clone();
    rotate(back, -angle);
    double whole = SPIRAL.logDensity(back);
    return arcMissing ? withoutArc(back, whole) : whole;
  }

  /** Returns the log density without the arc; turns of the spiral do not overlap. */
  private static double withoutArc(double[] x, double whole) {
    double radius = Math.hypot(x[0], x[1]);
    double angle = Math.atan2(x[1], x[0]);
    boolean missing =
        IntStream.rangeClosed(-2, 2)
            .mapToDouble(turn -> (angle + 2 * Math.PI * turn) / (3 * Math.PI))
            .filter(u -> u > FROM && u < TO)
            .anyMatch(u -> Math.abs(radius - 0.05 - 0.45 * (u + 1)) <= HALF_BAND);
    return missing ? Double.NEGATIVE_INFINITY : whole - Math.log(1 - (TO - FROM) / 2);
  }

  @Override
  public boolean smoothedInClosedForm() {
    return false;
  }

  @Override
  public double smoothedLogDensity(double[] x, double h) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = MIDDLE; i < ALONG * ACROSS; i += ACROSS) {
      nearest = Math.min(nearest, squaredDistance(x, 2 * i));
    }
    double limit = Math.sqrt(nearest + 2 * h * h * CUT) + HALF_BAND;
    double sum = 0; // over exp(-nearest / 2h^2)
    for (int i = MIDDLE; i < ALONG * ACROSS; i += ACROSS) {
      if (squaredDistance(x, 2 * i) < limit * limit) {
        for (int j = i - MIDDLE; j < i - MIDDLE + ACROSS; j++) {
          sum += Math.exp((nearest - squaredDistance(x, 2 * j)) / (2 * h * h));
        }
      }
    }
    return Math.log(sum / (ALONG * ACROSS) / (2 * Math.PI * h * h)) - nearest / (2 * h * h);
  }

  private double squaredDistance(double[] x, int i) {
    double dx = x[0] - images[i];
    double dy = x[1] - images[i + 1];
    return dx * dx + dy * dy;
  }

  /** Returns KL(q || p) of this q without smoothing, the mean of log q - log p over the lattice. */
  double reverse(TargetDistribution p) {
    return IntStream.range(0, ALONG * ACROSS)
        .mapToDouble(
            i ->
                TargetPoints.logDensity(this, images[2 * i], images[2 * i + 1])
                    - TargetPoints.logDensity(p, images[2 * i], images[2 * i + 1]))
        .average()
        .orElseThrow();
  }
}
