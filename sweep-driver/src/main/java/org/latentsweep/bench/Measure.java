package org.latentsweep.bench;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One quantity, measured several times.
 *
 * @param family what was trained
 * @param program by which program
 * @param name of the quantity, with its unit
 * @param median of the values
 * @param best of them
 * @param worst of them
 * @param n how many there are
 */
public record Measure(
    Family family, String program, String name, double median, double best, double worst, int n) {

  /** Of a time: the least of n is best. */
  static Measure least(
      Family family, String program, String name, int n, IntToDoubleFunction values) {
    double[] v = sorted(n, values);
    return new Measure(family, program, name, median(v), v[0], v[n - 1], n);
  }

  /** Of a rate: the most of n is best. */
  static Measure most(
      Family family, String program, String name, int n, IntToDoubleFunction values) {
    double[] v = sorted(n, values);
    return new Measure(family, program, name, median(v), v[n - 1], v[0], n);
  }

  private static double[] sorted(int n, IntToDoubleFunction values) {
    return IntStream.range(0, n).mapToDouble(values).sorted().toArray();
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
