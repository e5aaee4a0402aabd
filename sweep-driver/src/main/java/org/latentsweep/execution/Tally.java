package org.latentsweep.execution;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.util.AccumulatorV2;
import org.latentsweep.run.Outcome;

/**
 * Counts the runs that tasks commit, and keeps the last one heard of. Spark adds what a task
 * counted once, when the task succeeds.
 */
final class Tally extends AccumulatorV2<RunReport, Tally.Value> {
  private static final long serialVersionUID = 1;

  private Value value = Value.NONE;

  /**
   * What was counted.
   *
   * @param done runs, however they ended
   * @param failed of them
   * @param diverged of them
   * @param latest of them; null before the first
   */
  record Value(int done, int failed, int diverged, RunReport latest) implements Serializable {
    static final Value NONE = new Value(0, 0, 0, null);

    Optional<RunReport> heardLast() {
      return Optional.ofNullable(latest);
    }

    private Value plus(Value other) {
      return new Value(
          done + other.done,
          failed + other.failed,
          diverged + other.diverged,
          other.latest == null ? latest : other.latest);
    }
  }

  @Override
  public void add(RunReport report) {
    int failed = report.outcome() == Outcome.FAILED ? 1 : 0;
    int diverged = report.outcome() == Outcome.DIVERGED ? 1 : 0;
    value = value.plus(new Value(1, failed, diverged, report));
  }

  @Override
  public void merge(AccumulatorV2<RunReport, Value> other) {
    value = value.plus(other.value());
  }

  @Override
  public Value value() {
    return value;
  }

  @Override
  public boolean isZero() {
    return value.equals(Value.NONE);
  }

  @Override
  public Tally copy() {
    Tally copy = new Tally();
    copy.value = value;
    return copy;
  }

  @Override
  public void reset() {
    value = Value.NONE;
  }
}
