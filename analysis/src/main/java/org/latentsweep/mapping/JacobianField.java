package org.latentsweep.mapping;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latentsweep.metric.Share;

/**
 * How a map stretches and turns its latent space, latent by latent.
 *
 * <p>A latent's stretch is the largest singular value of dG/dz there, over the continuous
 * coordinates z. On a lattice it is at least |G(z') - G(z)| / |z' - z| for the next latents z'
 * along the axes, so that a ramp too narrow for any latent to be on it shows where it is crossed.
 */
final class JacobianField {
  /**
   * A tear is a stretch of more than this many medians. There, points are as many times sparser
   * along the stretched direction than where the map is typical.
   */
  static final double TEAR = 10;

  private final Latents latents;
  private final boolean square;
  private final double[] points; // [n, d]
  private final double[] stretch; // [n]
  private final double[] determinant; // [n] where the Jacobian is square
  private double largest; // singular value

  /**
   * Differentiates a map at every latent.
   *
   * @throws IllegalArgumentException if it is not finite at one of them
   */
  JacobianField(LatentMap map, Latents latents) {
    this.latents = latents;
    int n = latents.size();
    int d = map.dimensions();
    square = latents.continuous() == d;
    points = new double[n * d];
    stretch = new double[n];
    determinant = new double[n];
    double[] z = new double[map.latentDimension()];
    double[] x = new double[d];
    double[] jacobian = new double[d * z.length];
    for (int i = 0; i < n; i++) {
      latents.get(i, z);
      map.valueAndJacobian(z, x, jacobian);
      NonFinite.check(z, x);
      NonFinite.check(z, jacobian);
      add(i, x, jacobian);
    }
    if (latents.isLattice()) {
      addDifferences(d);
    }
  }

  private void add(int i, double[] x, double[] jacobian) {
    int d = x.length;
    int k = jacobian.length / d;
    System.arraycopy(x, 0, points, i * d, d);
    // J J^T = [a b; b c]
    double a = dot(jacobian, 0, 0);
    double b = d == 1 ? 0 : dot(jacobian, 0, k);
    double c = d == 1 ? 0 : dot(jacobian, k, k);
    stretch[i] = Math.sqrt(0.5 * (a + c + Math.hypot(a - c, 2 * b)));
    largest = Math.max(largest, stretch[i]);
    if (square) {
      determinant[i] =
          d == 1 ? jacobian[0] : jacobian[0] * jacobian[k + 1] - jacobian[1] * jacobian[k];
    }
  }

  /** Of two rows of a Jacobian, over the continuous coordinates. */
  private double dot(double[] jacobian, int a, int b) {
    double sum = 0;
    for (int j = 0; j < latents.continuous(); j++) {
      sum += jacobian[a + j] * jacobian[b + j];
    }
    return sum;
  }

  private void addDifferences(int d) {
    for (int i = 0; i < stretch.length; i++) {
      for (int j = 0; j < latents.continuous(); j++) {
        int next = latents.next(i, j);
        if (next >= 0) {
          double moved = latents.coordinate(next, j) - latents.coordinate(i, j);
          stretch[i] = Math.max(stretch[i], distance(i, next, d) / moved);
        }
      }
    }
  }

  private double distance(int i, int j, int d) {
    double squares = 0;
    for (int c = 0; c < d; c++) {
      double difference = points[i * d + c] - points[j * d + c];
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }

  /** The largest singular value. */
  double largest() {
    return largest;
  }

  /** The share of latents whose stretch is over {@value #TEAR} times the median. */
  Share torn() {
    double[] sorted = stretch.clone();
    Arrays.sort(sorted);
    double limit = TEAR * sorted[sorted.length / 2];
    return new Share(Arrays.stream(stretch).filter(s -> s > limit).count(), sorted.length);
  }

  /**
   * The share of latents at which the determinant's sign is the rarer one of the latent's sheet;
   * empty where the Jacobian is not square.
   */
  Optional<Share> folded() {
    return square ? Optional.of(minority()) : Optional.empty();
  }

  private Share minority() {
    int[] positive = new int[latents.sheets()];
    int[] negative = new int[latents.sheets()];
    for (int i = 0; i < determinant.length; i++) {
      int sheet = latents.sheet(i);
      positive[sheet] += determinant[i] > 0 ? 1 : 0;
      negative[sheet] += determinant[i] < 0 ? 1 : 0;
    }
    int rarer =
        IntStream.range(0, positive.length).map(s -> Math.min(positive[s], negative[s])).sum();
    return new Share(rarer, determinant.length);
  }
}
