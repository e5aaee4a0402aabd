package org.latentsweep.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.latentsweep.engine.Monitor;
import org.latentsweep.engine.Progress;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.scoring.MetricSet;
import org.latentsweep.scoring.Scoring;
import org.latentsweep.table.RowType;
import org.latentsweep.table.SampleFile;
import org.latentsweep.target.TargetDistribution;

/** The command {@code score}: computes metrics of the points in a file. */
final class FileScoring {
  private static final RowType<FileScore> SCORE = RowType.of(FileScore.class);

  private FileScoring() {}

  static ResultTable score(
      Path file,
      List<String> columns,
      TargetDistribution target,
      List<MetricSet> sets,
      Monitor monitor)
      throws IOException {
    try (Ticker ticker = new Ticker(monitor, elapsed -> new Progress("measuring", elapsed))) {
      ticker.start();
      float[] points = SampleFile.read(file, columns); // [n, d]
      return ResultTable.of(
          SCORE, Scoring.score(target, points, sets).stream().map(FileScore::of).toList());
    }
  }
}
