package org.latentsweep.metric;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's correction for many tests: it holds the chance of even one false rejection, whatever the
 * tests' dependence. S. Holm 1979, A simple sequentially rejective multiple test procedure,
 * Scandinavian Journal of Statistics 6.
 */
public final class Holm {
  private Holm() {}

  /**
   * Adjusts p-values: with p(1) <= ... <= p(m), the i-th becomes max over j <= i of (m - j + 1)
   * p(j), and 1 at most.
   *
   * @param p in [0, 1]; NaN where there was no test, which counts for nothing and stays NaN
   * @return in the same order
   */
  public static double[] adjust(double[] p) {
    List<Integer> ascending =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .toList();
    double[] adjusted = p.clone();
    double most = 0;
    for (int j = 0; j < ascending.size(); j++) {
      most = Math.max(most, (ascending.size() - j) * p[ascending.get(j)]);
      adjusted[ascending.get(j)] = Math.min(1, most);
    }
    return adjusted;
  }
}
