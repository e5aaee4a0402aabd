package org.latentsweep.coverage;

import org.latentsweep.neighbour.NearestNeighbours;

/** Counts which balls of real samples hold which generated samples. Immutable. */
final class Occupancy {
  private final int[] balls; // [m']
  private final int[] alone; // [m']
  private final int occupied;

  private Occupancy(int[] balls, int[] alone, int occupied) {
    this.balls = balls;
    this.alone = alone;
    this.occupied = occupied;
  }

  /**
   * Counts.
   *
   * @param real the centres of the balls
   * @param generated a tree over m' generated samples
   * @param size m'
   */
  static Occupancy of(
      PlanarPoints real, NeighbourBalls realBalls, NearestNeighbours generated, int size) {
    int[] balls = new int[size];
    int[] alone = new int[size];
    int occupied = 0;
    int[] seen = new int[2]; // number of samples in a ball, and the last of them
    for (int i = 0; i < realBalls.size(); i++) {
      seen[0] = 0;
      generated.within(
          real.x(i),
          real.y(i),
          realBalls.squaredRadius(i),
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
    return new Occupancy(balls, alone, occupied);
  }

  /** Returns the number of real balls around each generated sample, [m']. */
  int[] balls() {
    return balls;
  }

  /** Returns the number of real balls that hold each generated sample and no other, [m']. */
  int[] alone() {
    return alone;
  }

  /** Returns the number of real balls that hold a generated sample. */
  int occupied() {
    return occupied;
  }
}
