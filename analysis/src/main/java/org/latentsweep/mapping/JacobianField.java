package org.latentsweep.mapping;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latentsweep.metric.Medians;
import org.latentsweep.metric.Share;

/**
 * The stretch and the orientation of a map at each of a set of latents. Immutable.
 *
 * <p>The stretch at a latent is the largest singular value of dG/dz there, with respect to the
 * continuous coordinates of z. On a lattice it is at least |G(z') - G(z)| / |z' - z| for the next
 * latents z' along the axes, so that a ramp too narrow to contain a latent shows at the latents on
 * both sides of it.
 */
final class JacobianField {
  /**
   * A map tears where its stretch is more than this many times the median. Chosen by judgement:
   * there points are ten times sparser along the stretched direction than where the map is typical.
   */
  static final double TEAR_RATIO = 10;

  private final Latents latents;
  private final double[] stretch; // [n]
  private final double[] determinant; // [n], null where the Jacobian is not square
  private final double largest;

  private JacobianField(Latents latents, double[] stretch, double[] determinant, double largest) {
    this.latents = latents;
    this.stretch = stretch;
    this.determinant = determinant;
    this.largest = largest;
  }

  /**
   * Differentiates a map at every latent.
   *
   * @throws IllegalArgumentException if a point or a derivative is not finite
   */
  static JacobianField of(LatentMap map, Latents latents) {
    int n = latents.size();
    int d = map.dimensions();
    double[] points = new double[n * d];
    double[] stretch = new double[n];
    double[] determinant = latents.continuous() == d ? new double[n] : null;
    double[] z = new double[map.latentDimension()];
    double[] x = new double[d];
    double[] jacobian = new double[d * z.length];
    for (int i = 0; i < n; i++) {
      latents.get(i, z);
      map.valueAndJacobian(z, x, jacobian);
      NonFinite.check(z, x);
      NonFinite.check(z, jacobian);
      System.arraycopy(x, 0, points, i * d, d);
      stretch[i] = largestSingularValue(jacobian, d, latents.continuous());
      if (determinant != null) {
        determinant[i] = determinant(jacobian, d);
      }
    }
    double largest = Arrays.stream(stretch).reduce(0, Math::max);
    if (latents.isLattice()) {
      raiseByDifferences(stretch, points, latents);
    }
    return new JacobianField(latents, stretch, determinant, largest);
  }

  private static double largestSingularValue(double[] jacobian, int d, int continuous) {
    int k = jacobian.length / d;
    // J J^T = [a b; b c]
    double a = dot(jacobian, 0, 0, continuous);
    double b = d == 1 ? 0 : dot(jacobian, 0, k, continuous);
    double c = d == 1 ? 0 : dot(jacobian, k, k, continuous);
    return Math.sqrt(0.5 * (a + c + Math.hypot(a - c, 2 * b)));
  }

  /** Returns the product of two rows of a Jacobian, given by their first entries. */
  private static double dot(double[] jacobian, int a, int b, int continuous) {
    double sum = 0;
    for (int j = 0; j < continuous; j++) {
      sum += jacobian[a + j] * jacobian[b + j];
    }
    return sum;
  }

  private static double determinant(double[] jacobian, int d) {
    int k = jacobian.length / d;
    return d == 1 ? jacobian[0] : jacobian[0] * jacobian[k + 1] - jacobian[1] * jacobian[k];
  }

  private static void raiseByDifferences(double[] stretch, double[] points, Latents latents) {
    int d = points.length / stretch.length;
    for (int i = 0; i < stretch.length; i++) {
      for (int j = 0; j < latents.continuous(); j++) {
        int next = latents.next(i, j);
        if (next >= 0) {
          double moved = latents.coordinate(next, j) - latents.coordinate(i, j);
          stretch[i] = Math.max(stretch[i], distance(points, i, next, d) / moved);
        }
      }
    }
  }

  private static double distance(double[] points, int i, int j, int d) {
    double squares = 0;
    for (int c = 0; c < d; c++) {
      double difference = points[i * d + c] - points[j * d + c];
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }

  /** Returns the largest singular value at any latent. */
  double largest() {
    return largest;
  }

  /** Returns the share of latents whose stretch exceeds {@value #TEAR_RATIO} times the median. */
  Share torn() {
    double limit = TEAR_RATIO * Medians.upperMedian(stretch);
    return new Share(Arrays.stream(stretch).filter(s -> s > limit).count(), stretch.length);
  }

  /**
   * Returns the share of latents whose determinant has the rarer sign among those of the same sheet
   * (see {@link Latents#sheet}); empty if the Jacobian is not square.
   */
  Optional<Share> folded() {
    if (determinant == null) {
      return Optional.empty();
    }
    int[] positive = new int[latents.sheets()];
    int[] negative = new int[latents.sheets()];
    for (int i = 0; i < determinant.length; i++) {
      int sheet = latents.sheet(i);
      positive[sheet] += determinant[i] > 0 ? 1 : 0;
      negative[sheet] += determinant[i] < 0 ? 1 : 0;
    }
    int rarer =
        IntStream.range(0, positive.length).map(s -> Math.min(positive[s], negative[s])).sum();
    return Optional.of(new Share(rarer, determinant.length));
  }
}
