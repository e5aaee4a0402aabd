package org.latentsweep.mapping;

import java.util.stream.IntStream;

/** Some random latents and their images, by coordinate. */
final class Block {
  private final double[][] latents; // [k][n]
  private final double[][] points; // [d][n]

  /** Takes coordinates [k][n] and [d][n], without a copy. */
  Block(double[][] latents, double[][] points) {
    this.latents = latents;
    this.points = points;
  }

  /**
   * Maps latents.
   *
   * @param from place of the first
   * @param n how many
   * @throws IllegalArgumentException if the map gives one of them no finite image
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
   * The mean share of a latent's nearest neighbours that are among as many nearest neighbours of
   * its image.
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

  /** The {@link LateralSpread} of the images. */
  double lateralSpread(double radius) {
    return LateralSpread.of(points, radius);
  }
}
