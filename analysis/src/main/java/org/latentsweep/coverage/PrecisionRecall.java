package org.latentsweep.coverage;

import java.util.Arrays;
import java.util.List;
import org.latentsweep.metric.Metric;
import org.latentsweep.neighbour.NearestNeighbours;

/**
 * Improved precision and recall (Kynkaanniemi et al. 2019), density and coverage (Naeem et al.
 * 2020), with k = {@value #K}, between m real samples x and m' generated ones y. Around every
 * sample is an open ball that reaches to its k-th nearest neighbour among its own kind.
 *
 * <ul>
 *   <li>precision: the share of y in the ball of any x;
 *   <li>recall: the share of x in the ball of any y;
 *   <li>density: the mean over y of the number of balls of x around it, over k;
 *   <li>coverage: the share of x with any y in their balls.
 * </ul>
 *
 * <p>The real samples are taken as given: standard errors are of the generated ones. For precision
 * and density these are independent then. For recall and coverage the errors are the jackknife's
 * (Efron and Stein 1981), computed exactly from which samples hang on a single y; they are known to
 * be too large rather than too small.
 */
final class PrecisionRecall {
  private static final int K = 5;
  private static final String ESTIMATOR = "k-nearest-" + K;

  private final int dimensions;
  private final float[] real; // [m, d]
  private final NearestNeighbours tree;
  private final double[] squaredRadius; // [m]

  /** Takes the real samples, row-major [m, d], m above {@value #K}. */
  PrecisionRecall(float[] real, int dimensions) {
    this.real = real;
    this.dimensions = dimensions;
    tree = new NearestNeighbours(real, dimensions);
    squaredRadius = new Balls(real, tree).squared;
  }

  /** The four metrics of generated samples, row-major [m', d], m' above {@value #K} + 1. */
  List<Metric> estimates(float[] generated) {
    NearestNeighbours others = new NearestNeighbours(generated, dimensions);
    Occupancy occupancy = new Occupancy(others, generated.length / dimensions);
    return List.of(
        occupancy.precision(),
        new Reach(generated, others).recall(),
        occupancy.density(),
        occupancy.coverage());
  }

  private double x(float[] points, int row) {
    return points[row * dimensions];
  }

  private double y(float[] points, int row) {
    return dimensions == 1 ? 0 : points[row * dimensions + 1];
  }

  /** The balls of samples among their own kind. */
  private final class Balls {
    final double[] squared; // [m], squared distance to the k-th neighbour
    final double[] nextSquared; // [m], to the one after it
    final int[] neighbours; // [m, k]

    Balls(float[] points, NearestNeighbours own) {
      int m = points.length / dimensions;
      squared = new double[m];
      nextSquared = new double[m];
      neighbours = new int[m * K];
      double[] distances = new double[K + 2];
      int[] rows = new int[K + 2];
      for (int i = 0; i < m; i++) {
        own.nearest(x(points, i), y(points, i), distances, rows);
        // the sample itself is at distance 0, though duplicates may have crowded it out
        squared[i] = distances[K];
        nextSquared[i] = distances[K + 1];
        int place = 0;
        for (int j = 0; place < K; j++) {
          if (rows[j] != i) {
            neighbours[i * K + place++] = rows[j];
          }
        }
      }
    }
  }

  /**
   * The jackknife's standard error of a share of the real samples, from how many of them change
   * sides as each generated sample is left out: sqrt((m' - 1) / m' sum_j (c_j - mean c)^2) / m.
   */
  private double jackknife(int[] change) {
    return Math.sqrt((change.length - 1.0) / change.length * sumOfSquares(change))
        / squaredRadius.length;
  }

  private static double sumOfSquares(int[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).mapToDouble(v -> (v - mean) * (v - mean)).sum();
  }

  /** Which balls of real samples hold which generated ones. */
  private final class Occupancy {
    private final int[] balls; // [m'], real balls around each generated sample
    private final int[] alone; // [m'], those of them that hold no other
    private int occupied;

    Occupancy(NearestNeighbours generated, int size) {
      balls = new int[size];
      alone = new int[size];
      int[] seen = new int[2]; // how many, and the last of them
      for (int i = 0; i < squaredRadius.length; i++) {
        seen[0] = 0;
        generated.within(
            x(real, i),
            y(real, i),
            squaredRadius[i],
            row -> {
              balls[row]++;
              seen[0]++;
              seen[1] = row;
            });
        occupied += seen[0] > 0 ? 1 : 0;
        if (seen[0] == 1) {
          alone[seen[1]]++;
        }
      }
    }

    Metric precision() {
      long held = Arrays.stream(balls).filter(count -> count > 0).count();
      return Estimates.share("precision", ESTIMATOR, held, balls.length);
    }

    Metric density() {
      double size = balls.length;
      return Estimates.notNegative(
          "density",
          ESTIMATOR,
          Arrays.stream(balls).asDoubleStream().sum() / (K * size),
          Math.sqrt(sumOfSquares(balls) / (size - 1) / size) / K,
          balls.length);
    }

    Metric coverage() {
      return Estimates.dependentShare(
          "coverage", ESTIMATOR, occupied, squaredRadius.length, jackknife(alone), balls.length);
    }
  }

  /**
   * Which real samples lie in the balls of generated ones. Without a generated sample its own ball
   * is gone, and the balls of those that counted it among their k nearest reach one neighbour
   * further.
   */
  private final class Reach {
    private final Balls balls;
    private final int[] change; // [m'], real samples won less those lost without each
    private final int[] first; // [m], into the three lists below; -1 where there is none
    private int size;
    private int[] next = new int[1 << 12]; // the real sample's next entry, or -1
    private int[] ball = new int[1 << 12]; // that holds it, or would if it reached further
    private boolean[] holds = new boolean[1 << 12];
    private int reached;

    Reach(float[] generated, NearestNeighbours others) {
      balls = new Balls(generated, others);
      change = new int[balls.squared.length];
      first = new int[squaredRadius.length];
      Arrays.fill(first, -1);
      for (int j = 0; j < change.length; j++) {
        addBall(j, x(generated, j), y(generated, j));
      }
      int[] stamp = new int[change.length];
      for (int i = 0; i < first.length; i++) {
        addChanges(i, stamp);
      }
    }

    private void addBall(int j, double x, double y) {
      tree.within(
          x,
          y,
          balls.nextSquared[j],
          row -> {
            double dx = x(real, row) - x;
            double dy = y(real, row) - y;
            addEntry(row, j, dx * dx + dy * dy < balls.squared[j]);
          });
    }

    private void addEntry(int row, int j, boolean inside) {
      if (size == next.length) {
        next = Arrays.copyOf(next, 2 * size);
        ball = Arrays.copyOf(ball, 2 * size);
        holds = Arrays.copyOf(holds, 2 * size);
      }
      next[size] = first[row];
      ball[size] = j;
      holds[size] = inside;
      first[row] = size++;
    }

    /** What becomes of one real sample as each generated one is left out. */
    private void addChanges(int row, int[] stamp) {
      int holding = 0;
      int holder = -1;
      for (int e = first[row]; e >= 0; e = next[e]) {
        if (holds[e]) {
          holding++;
          holder = ball[e];
        }
      }
      reached += holding > 0 ? 1 : 0;
      if (holding > 1) {
        return;
      }
      boolean stillHeld = false;
      for (int e = first[row]; e >= 0; e = next[e]) {
        for (int a = ball[e] * K; a < (ball[e] + 1) * K && !holds[e]; a++) {
          int neighbour = balls.neighbours[a];
          stillHeld |= neighbour == holder;
          if (holding == 0 && stamp[neighbour] != row + 1) {
            stamp[neighbour] = row + 1;
            change[neighbour]++;
          }
        }
      }
      if (holding == 1 && !stillHeld) {
        change[holder]--;
      }
    }

    Metric recall() {
      return Estimates.dependentShare(
          "recall", ESTIMATOR, reached, squaredRadius.length, jackknife(change), change.length);
    }
  }
}
