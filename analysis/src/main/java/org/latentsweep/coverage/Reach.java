package org.latentsweep.coverage;

import org.latentsweep.neighbour.NearestNeighbours;

/**
 * Counts which real samples lie in the balls of generated ones, and how this changes when a
 * generated sample is left out: its own ball is gone, and each ball that counted it among its k
 * nearest neighbours reaches one neighbour farther.
 */
final class Reach {
  private final NeighbourBalls balls; // of generated samples
  private final BallLists near; // for each real sample, the balls that hold it or nearly do
  private final int[] change; // [m']
  private final int[] lastCounted; // [m'], the real sample that last changed each, plus 1
  private int reached;

  private Reach(NeighbourBalls balls, BallLists near) {
    this.balls = balls;
    this.near = near;
    change = new int[balls.size()];
    lastCounted = new int[balls.size()];
  }

  /**
   * Counts.
   *
   * @param real m real samples
   * @param realTree a tree over them
   * @param generated m' generated samples, more than k + 1
   * @param generatedTree a tree over them
   */
  static Reach of(
      PlanarPoints real,
      NearestNeighbours realTree,
      PlanarPoints generated,
      NearestNeighbours generatedTree) {
    NeighbourBalls balls = NeighbourBalls.of(generated, generatedTree);
    BallLists near = new BallLists(real.size());
    for (int j = 0; j < balls.size(); j++) {
      int ball = j;
      double x = generated.x(j);
      double y = generated.y(j);
      realTree.within(
          x,
          y,
          balls.nextSquaredRadius(j),
          row -> {
            double dx = real.x(row) - x;
            double dy = real.y(row) - y;
            near.add(row, ball, dx * dx + dy * dy < balls.squaredRadius(ball));
          });
    }
    Reach reach = new Reach(balls, near);
    for (int i = 0; i < real.size(); i++) {
      reach.count(i);
    }
    return reach;
  }

  private void count(int row) {
    int holding = 0;
    int holder = -1;
    for (int e = near.first(row); e >= 0; e = near.next(e)) {
      if (near.holds(e)) {
        holding++;
        holder = near.ball(e);
      }
    }
    reached += holding > 0 ? 1 : 0;
    if (holding == 0) {
      addGains(row);
    } else if (holding == 1 && !isHeldWithout(holder, row)) {
      change[holder]--;
    }
  }

  /** Counts a real sample for each generated one without which a ball would hold it. */
  private void addGains(int row) {
    for (int e = near.first(row); e >= 0; e = near.next(e)) {
      for (int j = 0; j < NeighbourBalls.K; j++) {
        int neighbour = balls.neighbour(near.ball(e), j);
        if (lastCounted[neighbour] != row + 1) {
          lastCounted[neighbour] = row + 1;
          change[neighbour]++;
        }
      }
    }
  }

  /** Returns whether another ball holds a real sample when its only holder is left out. */
  private boolean isHeldWithout(int holder, int row) {
    for (int e = near.first(row); e >= 0; e = near.next(e)) {
      if (!near.holds(e) && balls.hasNeighbour(near.ball(e), holder)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the number of real samples in the ball of a generated one. */
  int reached() {
    return reached;
  }

  /** Returns for each generated sample the change of {@link #reached} when it is left out, [m']. */
  int[] change() {
    return change;
  }
}
