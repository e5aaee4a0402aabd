package org.latentsweep.divergence;

import java.util.Arrays;
import org.latentsweep.mapping.LatentMap;
import org.latentsweep.target.NoiseLaw;

/**
 * The images of a lattice of latents with one or two continuous coordinates, from which integrals
 * over the latent space are computed:
 *
 * <pre>q_h(x) = int N_h(x - G(z)) dnu(z)</pre>
 *
 * <p>Each continuous coordinate is the noise's quantile function at Phi(t), with t in [-{@value
 * #REACH}, {@value #REACH}], so that its law is that of t ~ N(0, 1) whatever the noise. The lattice
 * is even in s, with t = {@value #REACH} (s + {@value #STRETCH} s^3) / (1 + {@value #STRETCH}) and
 * s in [-1, 1]: it is dense where the mass is, and reaches far out into the tails of the noise,
 * where random latents of the same number would have none. Every place of a one-hot vector has a
 * lattice of its own.
 *
 * <p>{@link #points} applies the midpoint rule. The cells whose images are wide are subdivided,
 * with G interpolated linearly in each coordinate between the nodes of the lattice. For a map that
 * has kinks at most, as the networks here, the error of the interpolation decreases with the square
 * of the side of a cell. Immutable.
 */
final class LatentMesh {
  /**
   * Where q is narrow, its density in the tails of p is that of latents far out. For normals with
   * the standard deviations 1 (p) and a (q), these are at t = x a / (a^2 + h^2), at most x / 2h: 14
   * for h = 0.2 and x = 5.6, beyond which p has less than 1e-7 of its mass.
   */
  private static final double REACH = 14;

  /** Chosen by judgement: the nodes are 2.8 / 14 as far apart in the middle as evenly. */
  private static final double STRETCH = 4;

  /**
   * The most parts that a cell is divided into along an axis. Chosen by judgement: it bounds the
   * number of points where the image of a cell is torn apart.
   */
  private static final int MAX_PARTS = 24;

  private final int cells; // on each axis
  private final int axes; // continuous coordinates, 0 to 2
  private final int sheets; // places of the one-hot vector, 1 if there is none
  private final int dimensions;
  private final float[][] images; // [sheets][nodes^axes * d]

  private LatentMesh(int cells, int axes, int sheets, int dimensions, float[][] images) {
    this.cells = cells;
    this.axes = axes;
    this.sheets = sheets;
    this.dimensions = dimensions;
    this.images = images;
  }

  /** Returns whether the noise of k coordinates has few enough continuous ones for a lattice. */
  static boolean covers(NoiseLaw noise, int k) {
    return noise.continuousDimensions(k) <= 2;
  }

  /**
   * Evaluates a map on a lattice.
   *
   * @param map G
   * @param noise the law nu of its latents, which {@link #covers} allows
   * @param evaluations about how many times G is evaluated
   */
  static LatentMesh of(LatentMap map, NoiseLaw noise, int evaluations) {
    int k = map.latentDimension();
    int axes = noise.continuousDimensions(k);
    int sheets = Math.max(1, k - axes);
    int cells = axes == 0 ? 0 : 2 * (int) (Math.pow((double) evaluations / sheets, 1.0 / axes) / 2);
    double[] coordinates = new double[cells + 1];
    NoiseLaw standard = new NoiseLaw.Normal();
    for (int i = 0; i <= cells && axes > 0; i++) {
      double t = t(s(i, cells));
      coordinates[i] =
          noise instanceof NoiseLaw.Uniform ? noise.quantile(standard.cumulative(t)) : t;
    }
    float[][] images = new float[sheets][];
    for (int sheet = 0; sheet < sheets; sheet++) {
      images[sheet] = images(map, axes, sheet, coordinates);
    }
    return new LatentMesh(cells, axes, sheets, map.dimensions(), images);
  }

  private static double s(double i, int cells) {
    return 2 * i / cells - 1;
  }

  private static double t(double s) {
    return REACH * s * (1 + STRETCH * s * s) / (1 + STRETCH);
  }

  private static float[] images(LatentMap map, int axes, int sheet, double[] coordinates) {
    int d = map.dimensions();
    int nodes = axes == 0 ? 1 : coordinates.length;
    int rows = axes == 2 ? nodes : 1;
    float[] images = new float[rows * nodes * d];
    double[] z = new double[map.latentDimension()];
    double[] x = new double[d];
    if (axes < z.length) {
      z[axes + sheet] = 1;
    }
    for (int node = 0; node < rows * nodes; node++) {
      for (int axis = 0; axis < axes; axis++) {
        z[axis] = coordinates[axis == 0 ? node % nodes : node / nodes];
      }
      map.value(z, x);
      for (int a = 0; a < d; a++) {
        images[node * d + a] = (float) x[a];
      }
    }
    return images;
  }

  /** Returns the mesh of every second node along each axis. */
  LatentMesh halved() {
    int nodes = cells + 1;
    int halfNodes = cells / 2 + 1;
    int rows = axes == 2 ? halfNodes : 1;
    float[][] halved = new float[sheets][rows * halfNodes * dimensions];
    for (int sheet = 0; sheet < sheets; sheet++) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < halfNodes; j++) {
          System.arraycopy(
              images[sheet],
              (2 * i * nodes + 2 * j) * dimensions,
              halved[sheet],
              (i * halfNodes + j) * dimensions,
              dimensions);
        }
      }
    }
    return new LatentMesh(cells / 2, axes, sheets, dimensions, halved);
  }

  /** Returns whether all images are finite. */
  boolean isFinite() {
    for (float[] sheet : images) {
      for (float coordinate : sheet) {
        if (!Float.isFinite(coordinate)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Returns the points of the midpoint rule.
   *
   * @param spacing the distance of neighbouring points that suffices, in the units of the sample
   *     space
   */
  LatentPoints points(double spacing) {
    Collector points = new Collector();
    for (float[] sheet : images) {
      for (int i = 0; i < (axes == 2 ? cells : 1); i++) {
        for (int j = 0; j < Math.max(1, cells); j++) {
          addCell(sheet, i, j, spacing, points);
        }
      }
    }
    return points.build();
  }

  private void addCell(float[] sheet, int i, int j, double spacing, Collector points) {
    int down = axes == 2 ? cells + 1 : 0;
    int right = axes == 0 ? 0 : 1;
    int corner = i * down + j;
    int columns = parts(sheet, corner, right, down, spacing);
    int rows = parts(sheet, corner, down, right, spacing);
    for (int a = 0; a < rows; a++) {
      double v = (a + 0.5) / rows;
      double weight = axes == 2 ? weight(i + v, rows) : 1;
      for (int b = 0; b < columns; b++) {
        double u = (b + 0.5) / columns;
        double x = between(sheet, corner, right, down, u, v, 0);
        double y = dimensions == 1 ? 0 : between(sheet, corner, right, down, u, v, 1);
        points.add(x, y, axes == 0 ? 1 : weight * weight(j + u, columns));
      }
    }
  }

  /** Returns the mass of one of the parts of a cell along an axis, up to a constant. */
  private double weight(double at, int parts) {
    double s = s(at, cells);
    double t = t(s);
    return Math.exp(-t * t / 2) * (1 + 3 * STRETCH * s * s) / parts; // phi(t) dt/ds
  }

  /**
   * Returns how many parts a cell is divided into along an axis, by the longer of its two sides.
   */
  private int parts(float[] sheet, int corner, int along, int across, double spacing) {
    double width =
        Math.max(
            distance(sheet, corner, corner + along),
            distance(sheet, corner + across, corner + across + along));
    return (int) Math.max(1, Math.min(MAX_PARTS, Math.ceil(width / spacing)));
  }

  private double distance(float[] sheet, int node, int other) {
    double squared = 0;
    for (int a = 0; a < dimensions; a++) {
      double difference = sheet[node * dimensions + a] - (double) sheet[other * dimensions + a];
      squared += difference * difference;
    }
    return Math.sqrt(squared);
  }

  private double between(
      float[] sheet, int corner, int right, int down, double u, double v, int a) {
    double top = (1 - u) * at(sheet, corner, a) + u * at(sheet, corner + right, a);
    double bottom = (1 - u) * at(sheet, corner + down, a) + u * at(sheet, corner + down + right, a);
    return (1 - v) * top + v * bottom;
  }

  private double at(float[] sheet, int node, int a) {
    return sheet[node * dimensions + a];
  }

  /** Collects weighted points. */
  private final class Collector {
    private float[] points = new float[1 << 16];
    private double[] weights = new double[1 << 16];
    private int size;

    void add(double x, double y, double weight) {
      if (weight == 0) {
        return;
      }
      if ((size + 1) * dimensions > points.length || size == weights.length) {
        points = Arrays.copyOf(points, 2 * points.length);
        weights = Arrays.copyOf(weights, 2 * weights.length);
      }
      points[size * dimensions] = (float) x;
      if (dimensions == 2) {
        points[2 * size + 1] = (float) y;
      }
      weights[size++] = weight;
    }

    LatentPoints build() {
      double total = Arrays.stream(weights, 0, size).sum();
      double scale = size / total;
      return new LatentPoints(
          Arrays.copyOf(points, size * dimensions),
          Arrays.stream(weights, 0, size).map(weight -> weight * scale).toArray());
    }
  }
}
