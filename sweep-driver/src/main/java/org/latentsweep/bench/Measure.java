package org.latentsweep.bench;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.latentsweep.metric.Medians;

/**
 * A quantity that was measured several times.
 *
 * @param family the family of networks that was trained
 * @param program name of the program that trained them
 * @param name name of the quantity, with its unit
 * @param median the median of the values
 * @param best the best value
 * @param worst the worst value
 * @param n number of values
 */
public record Measure(
    Family family, String program, String name, double median, double best, double worst, int n) {

  /** Returns the measure of a time, whose smallest value is the best. */
  static Measure ofTime(
      Family family, String program, String name, int n, IntToDoubleFunction values) {
    double[] v = sorted(n, values);
    return new Measure(family, program, name, Medians.median(v), v[0], v[n - 1], n);
  }

  /** Returns the measure of a rate, whose largest value is the best. */
  static Measure ofRate(
      Family family, String program, String name, int n, IntToDoubleFunction values) {
    double[] v = sorted(n, values);
    return new Measure(family, program, name, Medians.median(v), v[n - 1], v[0], n);
  }

  private static double[] sorted(int n, IntToDoubleFunction values) {
    return IntStream.range(0, n).mapToDouble(values).sorted().toArray();
  }
}
