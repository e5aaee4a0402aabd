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
import org.latentsweep.metric.Medians;
import org.latentsweep.run.RunSpec;
import org.latentsweep.sweep.Flops;
import org.latentsweep.sweep.TimedRun;

/**
 * Fits a {@link Cost} to timed runs by least absolute deviations of the logarithms:
 *
 * <pre>    min over b, c > 0 of  sum | log seconds - log(b steps (c + flops per step)) |</pre>
 *
 * <p>The logarithms give a run of a second the same weight as a run of an hour. The absolute
 * deviations keep runs on a slow machine from dominating the fit. For a given c, the best log b is
 * a median, so that the search is over log c alone. The cost of a step is b c; both constants are
 * positive by construction.
 */
final class CostFit {
  /** Chosen by judgement: four runs for each of the two constants. */
  private static final int MIN_RUNS = 8;

  /** Chosen by judgement: below this ratio of flops the two constants cannot be told apart. */
  private static final double MAX_RATIO_OF_ONE_SIZE = 2;

  /**
   * The search for c extends by this factor beyond the smallest and the largest flops per step.
   * Chosen by judgement: beyond that, one of the two costs is below 1% of the time of every step.
   */
  private static final double SEARCH_MARGIN = 100;

  /**
   * Factor between the points of the grid that finds the lowest of several local minima. Chosen by
   * judgement: the grid then has at least 15 points.
   */
  private static final double GRID_FACTOR = 2;

  /** Relative and absolute, of log c. Chosen by judgement: finer than an estimate of time needs. */
  private static final double PRECISION = 1e-4;

  /**
   * Chosen by judgement: far more than the search takes; it ends a search that does not converge.
   */
  private static final int MAX_EVALUATIONS = 1000;

  private CostFit() {}

  /** Returns whether a step takes about as many flops in each of the runs. */
  static boolean ofOneSize(Stream<RunSpec> runs) {
    var flops = runs.mapToDouble(Flops::perStep).summaryStatistics();
    return flops.getMax() <= MAX_RATIO_OF_ONE_SIZE * flops.getMin();
  }

  /** Returns whether there are enough runs, of sufficiently different sizes, for both constants. */
  static boolean isDetermined(List<TimedRun> timed) {
    return timed.size() >= MIN_RUNS && !ofOneSize(timed.stream().map(TimedRun::run));
  }

  /** Returns the best fit to runs that {@linkplain #isDetermined determine} it. */
  static Cost of(List<TimedRun> timed) {
    double[] flops = timed.stream().mapToDouble(t -> Flops.perStep(t.run())).toArray();
    double[] logs =
        timed.stream().mapToDouble(t -> Math.log(t.seconds() / t.run().steps())).toArray();
    double logC = argMin(c -> deviation(logs, flops, Math.exp(c)), flops);
    double rate = Math.exp(Medians.median(residuals(logs, flops, Math.exp(logC))));
    return new Cost(rate * Math.exp(logC), rate);
  }

  /** Returns a cost multiplied so that half of the runs took longer and half took less time. */
  static Cost scaled(Cost shape, List<TimedRun> timed) {
    double factor =
        Medians.median(
            timed.stream().mapToDouble(t -> t.seconds() / shape.trainSeconds(t.run())).toArray());
    return new Cost(factor * shape.secondsPerStep(), factor * shape.secondsPerFlop());
  }

  private static double argMin(UnivariateFunction deviation, double[] flops) {
    double from = Math.log(Arrays.stream(flops).min().orElseThrow() / SEARCH_MARGIN);
    double to = Math.log(Arrays.stream(flops).max().orElseThrow() * SEARCH_MARGIN);
    double best = from;
    double least = Double.POSITIVE_INFINITY;
    for (double at = from; at <= to; at += Math.log(GRID_FACTOR)) {
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
            new SearchInterval(best - Math.log(GRID_FACTOR), best + Math.log(GRID_FACTOR), best),
            new MaxEval(MAX_EVALUATIONS))
        .getPoint();
  }

  private static double deviation(double[] logs, double[] flops, double c) {
    double[] residuals = residuals(logs, flops, c);
    double median = Medians.median(residuals);
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
