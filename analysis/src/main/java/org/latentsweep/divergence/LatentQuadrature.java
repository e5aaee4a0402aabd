package org.latentsweep.divergence;

import java.util.Arrays;

/**
 * Represents the distribution q of a generator G by weighted points without randomness, if at most
 * two coordinates of its noise are continuous: the images of a lattice of latents, one for each
 * place of a one-hot vector.
 *
 * <p>G is evaluated at the nodes of the lattice. A cell is represented by the points of a bilinear
 * interpolation of G, so many on each axis that neighbours are at most a given spacing apart, with
 * the probabilities of their parts of the cell. The networks are piecewise linear, or smooth, so
 * that the error of the interpolation decreases with the square of the side of a cell.
 */
final class LatentQuadrature {
  /** Chosen by judgement: it bounds time and memory. Beyond it the spacing is made wider. */
  private static final int MAX_POINTS = 1 << 20;

  /** Log of a probability of a cell, 1e-20, so small that all cells of a lattice have no effect. */
  private static final double LOG_NEGLIGIBLE = -46;

  /** The factor by which the spacing is made wider at a time. Chosen by judgement. */
  private static final double WIDER = 1.5;

  private final NormalLatents latents;
  private final LatentAxis first;
  private final LatentAxis second;
  private final float[][] images; // [places][second nodes * first nodes * d]

  /**
   * Evaluates a generator.
   *
   * @param cells number of cells on each axis, a power of 2
   * @throws IllegalArgumentException if the generator gives values that are not finite
   */
  LatentQuadrature(NormalLatents latents, int cells) {
    this.latents = latents;
    first = latents.size() > 0 ? LatentAxis.of(cells) : LatentAxis.none();
    second = latents.size() > 1 ? LatentAxis.of(cells) : LatentAxis.none();
    images = new float[latents.places()][];
    for (int place = 0; place < images.length; place++) {
      images[place] = images(place);
    }
  }

  /** Returns the number of latents at which the generator was evaluated. */
  long evaluations() {
    return (long) images.length * first.nodes() * second.nodes();
  }

  /**
   * The greatest distance of neighbouring points that represent a cell.
   *
   * @param within for cells whose image meets the square [-edge, edge]^2
   * @param beyond for other cells whose probability is not negligible; those where it is are
   *     represented by one point each
   */
  private record Spacing(double within, double beyond, double edge) {
    double of(LatentCell cell, double logProbability) {
      if (!cell.isOutside(edge)) {
        return within;
      }
      return logProbability < LOG_NEGLIGIBLE ? Double.POSITIVE_INFINITY : beyond;
    }
  }

  /**
   * Returns points whose weights add up to about 1.
   *
   * @param h bandwidth; neighbouring points are at most h/2 apart, and h beyond the edge, unless
   *     this takes more than {@value #MAX_POINTS} points on either side of it. The error of the
   *     midpoint rule with the step a h for a normal of standard deviation h is 2 exp(-2 pi^2 /
   *     a^2): below 1e-33 and 1e-8.
   * @param edge half the side of a square around the origin
   */
  WeightedPoints points(double h, double edge) {
    double within = h / 2;
    while (count(new Spacing(within, Double.POSITIVE_INFINITY, edge)) > MAX_POINTS) {
      within *= WIDER;
    }
    double beyond = h;
    while (count(new Spacing(Double.POSITIVE_INFINITY, beyond, edge)) > MAX_POINTS) {
      beyond *= WIDER;
    }
    Spacing spacing = new Spacing(within, beyond, edge);
    WeightedPoints points = new WeightedPoints(latents.dimensions());
    for (int place = 0; place < images.length; place++) {
      for (int j = 0; j < second.cells(); j++) {
        for (int i = 0; i < first.cells(); i++) {
          LatentCell cell = cell(place, i, j);
          double apart = spacing.of(cell, logProbability(i, j));
          double[] byFirst = first.logProbabilities(i, cell.firstParts(apart));
          double[] bySecond = second.logProbabilities(j, cell.secondParts(apart));
          add(cell, byFirst, bySecond, points);
        }
      }
    }
    return points;
  }

  private double logProbability(int i, int j) {
    return first.logProbabilities(i, 1)[0] + second.logProbabilities(j, 1)[0];
  }

  private float[] images(int place) {
    double[][] t = new double[first.nodes() * second.nodes()][latents.size()];
    for (int j = 0; j < second.nodes(); j++) {
      for (int i = 0; i < first.nodes(); i++) {
        double[] node = t[j * first.nodes() + i];
        if (node.length > 0) {
          node[0] = first.node(i);
        }
        if (node.length > 1) {
          node[1] = second.node(j);
        }
      }
    }
    int[] places = new int[t.length];
    Arrays.fill(places, place);
    return latents.finiteImages(t, places);
  }

  private long count(Spacing spacing) {
    long count = 0;
    for (int place = 0; place < images.length; place++) {
      for (int j = 0; j < second.cells(); j++) {
        for (int i = 0; i < first.cells(); i++) {
          LatentCell cell = cell(place, i, j);
          double apart = spacing.of(cell, logProbability(i, j));
          count += (long) cell.firstParts(apart) * cell.secondParts(apart);
        }
      }
    }
    return count;
  }

  private void add(LatentCell cell, double[] byFirst, double[] bySecond, WeightedPoints onto) {
    for (int b = 0; b < bySecond.length; b++) {
      for (int a = 0; a < byFirst.length; a++) {
        double s = (a + 0.5) / byFirst.length;
        double t = (b + 0.5) / bySecond.length;
        onto.add(cell.x(s, t), cell.y(s, t), byFirst[a] + bySecond[b] - Math.log(images.length));
      }
    }
  }

  private LatentCell cell(int place, int i, int j) {
    int low = j * first.nodes();
    int high = second.end(j) * first.nodes();
    int end = first.end(i);
    float[] at = images[place];
    return new LatentCell(
        x(at, low + i),
        y(at, low + i),
        x(at, low + end),
        y(at, low + end),
        x(at, high + i),
        y(at, high + i),
        x(at, high + end),
        y(at, high + end));
  }

  private float x(float[] at, int node) {
    return at[node * latents.dimensions()];
  }

  private float y(float[] at, int node) {
    return latents.dimensions() == 1 ? 0 : at[2 * node + 1];
  }
}
