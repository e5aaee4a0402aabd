package org.latentsweep.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * The one-sided 95% quantile of the largest of several t statistics that compare cells with one
 * cell, the control, whose mean and whose estimate of the common variance they share (C. W. Dunnett
 * (1955), "A multiple comparison procedure for comparing several treatments with a control", JASA
 * 50).
 *
 * <p>With l_j^2 = n_j / (n_j + n_0), all statistics are at most d with probability
 *
 * <pre>int f(s) int phi(z) prod_j Phi((d s + l_j z) / sqrt(1 - l_j^2)) dz ds</pre>
 *
 * <p>where f is the density of chi / sqrt(nu) with nu degrees of freedom. Both integrals are sums
 * over equally spaced nodes, which converge fast because the integrands vanish smoothly at both
 * ends.
 */
final class DunnettQuantile {
  private static final double LEVEL = 0.95;

  /** Nodes of each integral: twice as many change the quantile by less than 1e-6 in the tests. */
  private static final int NODES = 160;

  private static final double REACH = 8; // standard deviations; what lies outside is below 1e-14

  private static final int HALVINGS = 40; // of an interval of length 20, to 1e-11

  /** Chosen by judgement: a sweep has few different numbers of seeds to a cell. */
  private static final int MAX_KEPT = 256;

  private static final BoundedCache<DunnettKey, Double> KEPT = new BoundedCache<>(MAX_KEPT);

  private record DunnettKey(Map<Integer, Integer> others, int control, double degreesOfFreedom) {}

  private record WeightedNode(double at, double weight) {}

  private DunnettQuantile() {}

  /**
   * Returns d.
   *
   * @param others the numbers of values n_j of the cells that are compared
   * @param control the number of values n_0 of the control
   * @param degreesOfFreedom nu
   */
  static double of(List<Integer> others, int control, double degreesOfFreedom) {
    Map<Integer, Integer> counted = new TreeMap<>();
    others.forEach(n -> counted.merge(n, 1, Integer::sum));
    return KEPT.get(new DunnettKey(counted, control, degreesOfFreedom), DunnettQuantile::compute);
  }

  private static double compute(DunnettKey key) {
    List<WeightedNode> scales = scales(key.degreesOfFreedom);
    List<WeightedNode> normals = normals();
    double low = 0;
    double high = 20;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (probability(middle, key, scales, normals) < LEVEL) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double probability(
      double d, DunnettKey key, List<WeightedNode> scales, List<WeightedNode> normals) {
    double sum = 0;
    for (WeightedNode s : scales) {
      for (WeightedNode z : normals) {
        double below = 1;
        for (Map.Entry<Integer, Integer> others : key.others.entrySet()) {
          below *= Math.pow(below(d * s.at, z.at, others.getKey(), key.control), others.getValue());
        }
        sum += s.weight * z.weight * below;
      }
    }
    return sum;
  }

  private static double below(double ds, double z, double n, double control) {
    double squared = n / (n + control);
    double x = (ds + Math.sqrt(squared) * z) / Math.sqrt(1 - squared);
    return 0.5 * Erfc.value(-x / Math.sqrt(2));
  }

  private static List<WeightedNode> normals() {
    return nodes(-REACH, REACH, z -> Math.exp(-z * z / 2));
  }

  /** The density of chi / sqrt(nu) has about the standard deviation 1 / sqrt(2 nu) around 1. */
  private static List<WeightedNode> scales(double nu) {
    double reach = REACH / Math.sqrt(2 * nu);
    return nodes(
        Math.max(0, 1 - reach),
        1 + reach,
        s -> Math.exp((nu - 1) * Math.log(s) - nu * (s * s - 1) / 2)); // up to a factor
  }

  /** Returns nodes whose weights sum to 1 and are proportional to a density. */
  private static List<WeightedNode> nodes(double from, double to, DoubleUnaryOperator density) {
    List<WeightedNode> nodes = new ArrayList<>();
    double total = 0;
    for (int i = 0; i <= NODES; i++) {
      double at = from + (to - from) * i / NODES;
      nodes.add(new WeightedNode(at, density.applyAsDouble(at)));
      total += density.applyAsDouble(at);
    }
    double sum = total;
    return nodes.stream().map(node -> new WeightedNode(node.at, node.weight / sum)).toList();
  }
}
