package org.latentsweep.divergence;

import java.util.stream.IntStream;
import org.latentsweep.target.TargetDistribution;

/**
 * Divergences of two known distributions p and q, in nats, by numerical integration.
 *
 * @param forward KL(p || q)
 * @param reverse KL(q || p)
 * @param js the Jensen-Shannon divergence
 * @param skew KL(p || 0.99 q + 0.01 p)
 */
record Quadrature(double forward, double reverse, double js, double skew) {
  /** Nodes per axis where densities are quick to evaluate. Chosen by judgement. */
  private static final int NODES = 600;

  /**
   * Bandwidths by which the box of integration extends beyond the supports. Chosen by judgement:
   * about 1e-15 of a normal lies beyond.
   */
  private static final int MARGIN = 8;

  /**
   * A support this many times as wide as the other is integrated over t with x = s sinh(ct) /
   * sinh(c) on each axis, so that nodes are dense where the other distribution is. Chosen by
   * judgement, as is c: only a heavy tail is as wide.
   */
  private static final double FAR = 100;

  private static final double STRETCH = 10;

  private static final Quadrature ZERO = new Quadrature(0, 0, 0, 0);

  /**
   * Integrates by the midpoint rule over a box that contains both distributions.
   *
   * @param h standard deviation of the normal that smooths both, 0 for none
   */
  static Quadrature of(StudyPair pair, double h) {
    TargetDistribution p = pair.p();
    TargetDistribution q = pair.q();
    if (p == q) {
      return ZERO;
    }
    double s = Math.max(p.supportHalfWidth(), q.supportHalfWidth()) + MARGIN * h;
    boolean slow = !(p.smoothedInClosedForm() && q.smoothedInClosedForm());
    int nodes = slow ? (int) (4 * s / h) : NODES; // where slow, two nodes per bandwidth
    boolean far = q.supportHalfWidth() > FAR * p.supportHalfWidth();
    Axis axis = new Axis(s, nodes, far ? STRETCH : 0);
    int rows = p.dimensions() == 1 ? 1 : nodes;
    return IntStream.range(0, rows)
        .parallel()
        .mapToObj(
            i -> {
              Quadrature row = ZERO;
              for (int j = 0; j < nodes; j++) {
                double x = axis.node(j);
                double[] at = rows == 1 ? new double[] {x} : new double[] {x, axis.node(i)};
                row =
                    row.plus(
                        at(p.smoothedLogDensity(at, h), q.smoothedLogDensity(at, h))
                            .times(axis.width(j)));
              }
              return rows == 1 ? row : row.times(axis.width(i));
            })
        .toList()
        .stream() // in order, so that the bits are the same with any number of processors
        .reduce(ZERO, Quadrature::plus);
  }

  /**
   * The nodes of the midpoint rule in t on [-1, 1].
   *
   * @param s the place of t = 1
   * @param nodes number of nodes
   * @param c stretch, 0 if nodes are evenly spaced
   */
  private record Axis(double s, int nodes, double c) {
    private double t(int i) {
      return (2 * i + 1.0) / nodes - 1;
    }

    double node(int i) {
      return c == 0 ? s * t(i) : s * Math.sinh(c * t(i)) / Math.sinh(c);
    }

    double width(int i) {
      return 2 * s / nodes * (c == 0 ? 1 : c * Math.cosh(c * t(i)) / Math.sinh(c));
    }
  }

  /** Returns the integrands at a point. */
  private static Quadrature at(double logP, double logQ) {
    double p = Math.exp(logP);
    double q = Math.exp(logQ);
    double logM = Math.log((p + q) / 2);
    return new Quadrature(
        term(p, logP - logQ),
        term(q, logQ - logP),
        (term(p, logP - logM) + term(q, logQ - logM)) / 2,
        term(p, logP - Math.log(0.99 * q + 0.01 * p)));
  }

  /** Returns a density times the log of a ratio of which it is the numerator: 0 where it is 0. */
  private static double term(double density, double logRatio) {
    return density == 0 ? 0 : density * logRatio;
  }

  private Quadrature plus(Quadrature other) {
    return new Quadrature(
        forward + other.forward, reverse + other.reverse, js + other.js, skew + other.skew);
  }

  private Quadrature times(double factor) {
    return new Quadrature(factor * forward, factor * reverse, factor * js, factor * skew);
  }

  /** Returns KL(p || q) without smoothing, from points that represent p. */
  static double forward(StudyPair pair) {
    TargetPoints points = TargetPoints.of(pair.p());
    return IntStream.range(0, points.size())
        .mapToDouble(
            i ->
                points.weight(i)
                    * (points.logP(i)
                        - TargetPoints.logDensity(pair.q(), points.x(i), points.y(i))))
        .sum();
  }
}
