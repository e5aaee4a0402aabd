package org.latentsweep.metric;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's correction of p-values for multiple testing. It bounds the probability of one or more
 * false rejections, however the tests depend on each other.
 *
 * <p>Source: S. Holm (1979), "A simple sequentially rejective multiple test procedure",
 * Scandinavian Journal of Statistics 6.
 */
public final class Holm {
  private Holm() {}

  /**
   * Returns adjusted p-values. With p(1) <= ... <= p(m), the i-th smallest becomes min(1, max over
   * j <= i of (m - j + 1) p(j)).
   *
   * @param p p-values in [0, 1], or NaN where no test was made; NaN is not counted in m
   * @return the adjusted p-values in the order of p, NaN where p is NaN
   */
  public static double[] adjust(double[] p) {
    List<Integer> ascending =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .toList();
    double[] adjusted = p.clone();
    double max = 0;
    for (int j = 0; j < ascending.size(); j++) {
      max = Math.max(max, (ascending.size() - j) * p[ascending.get(j)]);
      adjusted[ascending.get(j)] = Math.min(1, max);
    }
    return adjusted;
  }
}
