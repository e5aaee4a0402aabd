package org.latentsweep.mapping;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random latents and their images, held by coordinate. */
final class Block {
  private final double[][] latents; // [k][n]
  private final double[][] points; // [d][n]

  /** Takes the coordinates of latents, [k][n], and of their images, [d][n], without copying. */
  Block(double[][] latents, double[][] points) {
    this.latents = latents;
    this.points = points;
  }

  /**
   * Maps latents.
   *
   * @param from index of the first latent
   * @param n number of latents
   * @throws IllegalArgumentException if the image of a latent is not finite
   */
  static Block of(LatentMap map, Latents all, int from, int n) {
    double[] z = new double[map.latentDimension()];
    double[] x = new double[map.dimensions()];
    Block block = new Block(new double[z.length][n], new double[x.length][n]);
    for (int i = 0; i < n; i++) {
      all.get(from + i, z);
      map.value(z, x);
      NonFinite.check(z, x);
      setColumn(block.latents, i, z);
      setColumn(block.points, i, x);
    }
    return block;
  }

  private static void setColumn(double[][] rows, int i, double[] column) {
    for (int j = 0; j < column.length; j++) {
      rows[j][i] = column[j];
    }
  }

  /**
   * Returns the mean share of a latent's nearest neighbours whose images are among as many nearest
   * neighbours of its image, in [0, 1].
   */
  double neighbourPreservation(int neighbours) {
    ExhaustiveNeighbours before = new ExhaustiveNeighbours(latents);
    ExhaustiveNeighbours after = new ExhaustiveNeighbours(points);
    int n = latents[0].length;
    int kept = 0;
    for (int i = 0; i < n; i++) {
      int[] images = after.of(i, neighbours);
      for (int neighbour : before.of(i, neighbours)) {
        kept += IntStream.of(images).anyMatch(image -> image == neighbour) ? 1 : 0;
      }
    }
    return (double) kept / neighbours / n;
  }

  /** Returns the {@link LocalArea} of the images. */
  double localArea(double radius) {
    return LocalArea.of(points, radius);
  }

  /**
   * Returns some of the latents and images.
   *
   * @param from index of the first latent
   * @param n number of latents
   */
  Block part(int from, int n) {
    return new Block(part(latents, from, n), part(points, from, n));
  }

  private static double[][] part(double[][] rows, int from, int n) {
    return Stream.of(rows)
        .map(row -> Arrays.copyOfRange(row, from, from + n))
        .toArray(double[][]::new);
  }
}
