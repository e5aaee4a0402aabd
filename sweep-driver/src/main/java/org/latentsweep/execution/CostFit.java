package org.latentsweep.execution;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.latentsweep.run.RunSpec;
import org.latentsweep.sweep.Flops;

/**
 * Fits a {@link Cost} to runs that were timed, by least absolute deviations of the logarithms:
 *
 * <pre>    min over b, c > 0 of  sum | log seconds - log(b steps (c + flops per step)) |</pre>
 *
 * <p>Logarithms, as a run that takes a second must count as much as one that takes an hour;
 * absolute deviations, as runs that shared a slow machine must not count more than others. For
 * given c, the best log b is a median, so that the search is over log c alone. The cost of a step
 * is b c, and neither can come out below 0.
 */
final class CostFit {
  private static final int LEAST_RUNS = 8;

  /** Below this ratio of flops, a constant for each step and a rate are not told apart. */
  private static final double ONE_SIZE = 2;

  /** How far below the smallest and above the largest flops per step c is sought, as a factor. */
  private static final double BEYOND = 100;

  /** Of the first look, as a factor of c: the deviations may have several minima. */
  private static final double GRID = 2;

  private static final double PRECISION = 1e-4;
  private static final int MOST_EVALUATIONS = 1000;

  private CostFit() {}

  /** Whether one step of any of them takes about as many flops as of any other. */
  static boolean ofOneSize(Stream<RunSpec> runs) {
    var flops = runs.mapToDouble(Flops::perStep).summaryStatistics();
    return flops.getMax() <= ONE_SIZE * flops.getMin();
  }

  /** Whether there are enough runs, of sizes different enough, for both constants. */
  static boolean isDetermined(List<TimedRun> timed) {
    return timed.size() >= LEAST_RUNS && !ofOneSize(timed.stream().map(TimedRun::run));
  }

  /** The best fit to runs that {@linkplain #isDetermined determine} it. */
  static Cost of(List<TimedRun> timed) {
    double[] flops = timed.stream().mapToDouble(t -> Flops.perStep(t.run())).toArray();
    double[] logs =
        timed.stream().mapToDouble(t -> Math.log(t.seconds() / t.run().steps())).toArray();
    double logC = smallest(c -> deviation(logs, flops, Math.exp(c)), flops);
    double rate = Math.exp(new Median().evaluate(residuals(logs, flops, Math.exp(logC))));
    return new Cost(rate * Math.exp(logC), rate);
  }

  /** A cost multiplied so that half of the runs took longer and half shorter. */
  static Cost scaled(Cost shape, List<TimedRun> timed) {
    double factor =
        new Median()
            .evaluate(
                timed.stream()
                    .mapToDouble(t -> t.seconds() / shape.trainSeconds(t.run()))
                    .toArray());
    return new Cost(factor * shape.secondsPerStep(), factor * shape.secondsPerFlop());
  }

  private static double smallest(UnivariateFunction deviation, double[] flops) {
    double from = Math.log(Arrays.stream(flops).min().orElseThrow() / BEYOND);
    double to = Math.log(Arrays.stream(flops).max().orElseThrow() * BEYOND);
    double best = from;
    double least = Double.POSITIVE_INFINITY;
    for (double at = from; at <= to; at += Math.log(GRID)) {
      double value = deviation.value(at);
      if (value < least) {
        least = value;
        best = at;
      }
    }
    return new BrentOptimizer(PRECISION, PRECISION)
        .optimize(
            new UnivariateObjectiveFunction(deviation),
            GoalType.MINIMIZE,
            new SearchInterval(best - Math.log(GRID), best + Math.log(GRID), best),
            new MaxEval(MOST_EVALUATIONS))
        .getPoint();
  }

  private static double deviation(double[] logs, double[] flops, double c) {
    double[] residuals = residuals(logs, flops, c);
    double median = new Median().evaluate(residuals);
    return Arrays.stream(residuals).map(r -> Math.abs(r - median)).sum();
  }

  private static double[] residuals(double[] logs, double[] flops, double c) {
    double[] residuals = new double[logs.length];
    for (int i = 0; i < logs.length; i++) {
      residuals[i] = logs[i] - Math.log(c + flops[i]);
    }
    return residuals;
  }
}
