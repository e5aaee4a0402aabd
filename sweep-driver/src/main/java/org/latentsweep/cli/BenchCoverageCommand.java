package org.latentsweep.cli;

import java.util.ArrayList;
import java.util.List;
import org.latentsweep.divergence.IntervalStudy;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.metric.PointsCheck;
import org.latentsweep.sweep.RequestException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "coverage",
    description = {
      "Measures how often 95%% intervals of divergences contain the true value, over repeated"
          + " samples from distributions whose divergences from the targets are known.",
      "For each: the true value, the mean and the standard deviation (sd) of the estimates, the"
          + " mean of their standard errors, the median width of closed intervals over 3.92 sd, and"
          + " the shares of open intervals and of intervals with the true value."
    })
final class BenchCoverageCommand implements Runnable {
  @Mixin private TableOutput output;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "200",
      description = "default: ${DEFAULT-VALUE}")
  private int repetitions;

  @Option(
      names = "--samples",
      paramLabel = "N",
      split = ",",
      defaultValue = "10000",
      description = "samples of each repetition, one number or several; default: ${DEFAULT-VALUE}")
  private List<Integer> samples;

  @Override
  public void run() {
    List<String> problems = new ArrayList<>();
    if (repetitions < 2) {
      problems.add("--repetitions must be >= 2, found " + repetitions);
    }
    for (int n : samples) {
      if (n < PointsCheck.MIN_POINTS) {
        problems.add("--samples must be >= " + PointsCheck.MIN_POINTS + ", found " + n);
      }
    }
    if (!problems.isEmpty()) {
      throw new RequestException("Cannot measure: " + String.join("; ", problems));
    }
    List<IntervalStudy.StudyRow> rows =
        IntervalStudy.run(samples, repetitions, output.err()::println);
    output.print(
        new ResultTable(
            List.of(
                "p",
                "q",
                "n",
                "metric",
                "truth",
                "mean",
                "sd",
                "standard_error",
                "width",
                "open",
                "coverage"),
            rows.stream().map(BenchCoverageCommand::row).toList()));
  }

  private static List<Object> row(IntervalStudy.StudyRow row) {
    return List.of(
        row.p(),
        row.q(),
        row.n(),
        row.metric(),
        row.truth(),
        row.mean(),
        row.sd(),
        row.standardError(),
        row.width(),
        row.open(),
        row.coverage());
  }
}
