package org.latentsweep.coverage;

import org.latentsweep.neighbour.NearestNeighbours;

/**
 * Counts which samples lie in the balls around samples of the other kind, and how this changes when
 * a centre is left out: its own ball is gone, and each ball that counted it among its k nearest
 * neighbours reaches one neighbour farther.
 */
final class Reach {
  private final NeighbourBalls balls;
  private final BallLists near; // for each sample, the balls that hold it or nearly do
  private final boolean[] held; // [samples]
  private final int[] change; // [centres]
  private final int[] lastCounted; // [centres], the sample that last changed each, plus 1

  private Reach(NeighbourBalls balls, BallLists near, int samples) {
    this.balls = balls;
    this.near = near;
    held = new boolean[samples];
    change = new int[balls.size()];
    lastCounted = new int[balls.size()];
  }

  /**
   * Counts.
   *
   * @param samples the samples that lie in balls or not
   * @param sampleTree a tree over them
   * @param centres the centres of the balls
   * @param balls the balls around them
   */
  static Reach of(
      PlanarPoints samples,
      NearestNeighbours sampleTree,
      PlanarPoints centres,
      NeighbourBalls balls) {
    BallLists near = new BallLists(samples.size());
    for (int j = 0; j < balls.size(); j++) {
      int ball = j;
      double x = centres.x(j);
      double y = centres.y(j);
      sampleTree.within(
          x,
          y,
          balls.nextSquaredRadius(j),
          row -> {
            double dx = samples.x(row) - x;
            double dy = samples.y(row) - y;
            near.add(row, ball, dx * dx + dy * dy < balls.squaredRadius(ball));
          });
    }
    Reach reach = new Reach(balls, near, samples.size());
    for (int i = 0; i < samples.size(); i++) {
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
    held[row] = holding > 0;
    if (holding == 0) {
      addGains(row);
    } else if (holding == 1 && !isHeldWithout(holder, row)) {
      change[holder]--;
    }
  }

  /** Counts a sample for each centre without which a ball would hold it. */
  private void addGains(int row) {
    for (int e = near.first(row); e >= 0; e = near.next(e)) {
      for (int j = 0; j < balls.k(); j++) {
        int neighbour = balls.neighbour(near.ball(e), j);
        if (lastCounted[neighbour] != row + 1) {
          lastCounted[neighbour] = row + 1;
          change[neighbour]++;
        }
      }
    }
  }

  /** Returns whether another ball holds a sample when its only holder is left out. */
  private boolean isHeldWithout(int holder, int row) {
    for (int e = near.first(row); e >= 0; e = near.next(e)) {
      if (!near.holds(e) && balls.hasNeighbour(near.ball(e), holder)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether each sample lies in a ball, [samples]. */
  boolean[] held() {
    return held;
  }

  /**
   * Returns for each centre by how much the number of samples in balls changes when it is left out,
   * [centres].
   */
  int[] change() {
    return change;
  }
}
