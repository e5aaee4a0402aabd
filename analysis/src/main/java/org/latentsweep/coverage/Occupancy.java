package org.latentsweep.coverage;

import org.latentsweep.neighbour.NearestNeighbours;

/**
 * Counts which balls of real samples hold which generated samples, and how this changes when a
 * sample of either kind is left out.
 *
 * <p>Without a real sample, its ball is gone, and each ball that counted it among its k nearest
 * neighbours reaches one neighbour farther.
 */
final class Occupancy {
  private final int[] balls; // [m']
  private final int[] alone; // [m']
  private final int[] held; // [m]
  private final int[] heldChange; // [m]
  private final int[] occupiedGain; // [m]

  private Occupancy(int real, int generated) {
    balls = new int[generated];
    alone = new int[generated];
    held = new int[real];
    heldChange = new int[real];
    occupiedGain = new int[real];
  }

  /**
   * Counts.
   *
   * @param real the centres of m balls
   * @param realBalls these balls
   * @param generated m' generated samples
   * @param generatedTree a tree over them
   */
  static Occupancy of(
      PlanarPoints real,
      NeighbourBalls realBalls,
      PlanarPoints generated,
      NearestNeighbours generatedTree) {
    Occupancy occupancy = new Occupancy(real.size(), generated.size());
    for (int i = 0; i < realBalls.size(); i++) {
      BallCount count = occupancy.new BallCount(real.x(i), real.y(i), realBalls.squaredRadius(i));
      generatedTree.within(
          real.x(i),
          real.y(i),
          realBalls.nextSquaredRadius(i),
          row -> count.add(row, generated.x(row), generated.y(row)));
      occupancy.add(count, i, realBalls);
    }
    return occupancy;
  }

  private void add(BallCount count, int ball, NeighbourBalls realBalls) {
    held[ball] = count.inside;
    heldChange[ball] -= count.inside;
    if (count.inside == 1) {
      alone[count.last]++;
    }
    for (int j = 0; j < realBalls.k(); j++) {
      int neighbour = realBalls.neighbour(ball, j);
      heldChange[neighbour] += count.beyond;
      occupiedGain[neighbour] += count.inside == 0 && count.beyond > 0 ? 1 : 0;
    }
  }

  /** Counts the generated samples in one ball, and those that it would reach in addition. */
  private final class BallCount {
    private final double x;
    private final double y;
    private final double squaredRadius;
    private int inside;
    private int beyond;
    private int last; // of those inside

    BallCount(double x, double y, double squaredRadius) {
      this.x = x;
      this.y = y;
      this.squaredRadius = squaredRadius;
    }

    void add(int row, double atX, double atY) {
      double dx = atX - x;
      double dy = atY - y;
      if (dx * dx + dy * dy < squaredRadius) {
        balls[row]++;
        inside++;
        last = row;
      } else {
        beyond++;
      }
    }
  }

  /** Returns the number of real balls around each generated sample, [m']. */
  int[] balls() {
    return balls;
  }

  /** Returns the number of real balls that hold each generated sample and no other, [m']. */
  int[] alone() {
    return alone;
  }

  /** Returns the number of generated samples in each real ball, [m]. */
  int[] held() {
    return held;
  }

  /**
   * Returns for each real sample by how much the sum of {@link #held} changes when it is left out,
   * [m].
   */
  int[] heldChange() {
    return heldChange;
  }

  /**
   * Returns for each real sample how many other balls, which are empty, hold a generated sample
   * when it is left out, [m].
   */
  int[] occupiedGain() {
    return occupiedGain;
  }
}
