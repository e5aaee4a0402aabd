package org.latentsweep.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/** Collects the samples of one run, step after step, and scores each step's set. */
final class RunScoring {
  private final RunToScore run;
  private final MetricFamily family;
  private final TargetDistribution target;
  private final List<Object[]> rows = new ArrayList<>();
  private RuntimeException failure;
  private int step;
  private float[] points = new float[1 << 10]; // [n, d]
  private int size;
  private boolean measuredAny;

  RunScoring(RunToScore run, MetricFamily family) {
    this.run = run;
    this.family = family;
    this.target = Targets.named(run.target());
  }

  String id() {
    return run.id().hex();
  }

  /** Takes the next sample; y is null in one dimension. */
  void add(int step, float x, Float y) {
    if (step != this.step) {
      endStep();
      this.step = step;
    }
    if (!family.measures(step, run.steps())) {
      return;
    }
    if (size + 2 > points.length) {
      points = Arrays.copyOf(points, 2 * points.length);
    }
    points[size++] = x;
    if (y != null) {
      points[size++] = y;
    }
  }

  private void endStep() {
    if (size > 0 && failure == null) {
      measuredAny = true;
      try {
        family.scorer().score(target, Arrays.copyOf(points, size)).forEach(this::addRow);
      } catch (RuntimeException e) {
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        failure = new IllegalStateException("step " + step + ": " + reason, e);
      }
    }
    size = 0;
  }

  private void addRow(Metric metric) {
    if (Double.isNaN(metric.value())) {
      throw new IllegalStateException(metric.metric() + " is not a number");
    }
    rows.add(
        new Object[] {
          id(),
          step,
          metric.metric(),
          metric.estimator(),
          metric.value(),
          orNull(metric.standardError()),
          orNull(metric.ciLow()),
          orNull(metric.ciHigh()),
          orNull(metric.floor()),
          metric.n(),
          orNull(metric.bandwidth())
        });
  }

  /** SQL skips nulls in aggregates, where one NaN would spoil them. */
  static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /**
   * The rows of all steps, once all samples were added.
   *
   * @throws RuntimeException saying why the run cannot be scored
   */
  List<Object[]> rows() {
    endStep();
    if (failure != null) {
      throw failure;
    }
    if (!measuredAny && !family.snapshots()) {
      throw new IllegalStateException("it has no samples at step " + run.steps());
    }
    return rows;
  }
}
