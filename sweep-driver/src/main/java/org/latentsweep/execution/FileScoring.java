package org.latentsweep.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.metric.Metric;
import org.latentsweep.scoring.MetricSet;
import org.latentsweep.scoring.Scoring;
import org.latentsweep.table.SampleFile;
import org.latentsweep.target.TargetDistribution;

/** The command {@code score}: computes metrics of the points in a file. */
final class FileScoring {
  private static final List<String> COLUMNS =
      List.of(
          "metric",
          "estimator",
          "value",
          "standard_error",
          "ci_low",
          "ci_high",
          "floor",
          "n",
          "bandwidth",
          "floored");

  private FileScoring() {}

  static ResultTable score(Path file, TargetDistribution target, List<MetricSet> sets)
      throws IOException {
    float[] points = SampleFile.read(file, target.dimensions()); // [n, d]
    return new ResultTable(
        COLUMNS, Scoring.score(target, points, sets).stream().map(FileScoring::row).toList());
  }

  /** Undefined numbers are null, as in the tables of a sweep. */
  private static List<Object> row(Metric metric) {
    List<Object> row =
        Arrays.asList(
            metric.metric(),
            metric.estimator(),
            metric.value(),
            metric.standardError(),
            metric.ciLow(),
            metric.ciHigh(),
            metric.floor(),
            metric.n(),
            metric.bandwidth(),
            metric.floored());
    row.replaceAll(value -> value instanceof Double number && number.isNaN() ? null : value);
    return row;
  }
}
