package org.latentsweep.neighbour;

import java.util.concurrent.TimeUnit;
import org.latentsweep.metric.Laws;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import smile.neighbor.KDTree;

/** Builds a tree over n samples of eight Gaussians and finds the five nearest of each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(1)
public class NeighbourBenchmark {
  private static final int K = 5;

  @Param({"10000", "100000"})
  public int n;

  private float[] points;

  @Setup
  public void draw() {
    points = Laws.draw(Laws.EIGHT, n, 1);
  }

  @Benchmark
  public double latentsweep() {
    NearestNeighbours neighbours = new NearestNeighbours(points, 2);
    double[] squared = new double[K + 1];
    int[] rows = new int[K + 1];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      neighbours.nearest(points[2 * i], points[2 * i + 1], squared, rows);
      sum += Math.sqrt(squared[K]);
    }
    return sum;
  }

  @Benchmark
  public double smile() {
    double[][] rows = new double[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = new double[] {points[2 * i], points[2 * i + 1]};
    }
    KDTree<double[]> tree = new KDTree<>(rows, rows);
    double sum = 0;
    for (double[] row : rows) {
      double furthest = 0;
      for (smile.neighbor.Neighbor<double[], double[]> near : tree.knn(row, K)) {
        furthest = Math.max(furthest, near.distance);
      }
      sum += furthest;
    }
    return sum;
  }
}
