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
      "For each: the true value, the bias and the standard deviation (sd) of the estimates, the"
          + " median half-width of closed intervals, the same over 1.96 sd, and the shares of open"
          + " intervals and of intervals with the true value.",
      "Generators with k latents whose distribution is known are measured too, once, with the"
          + " seconds that it took. Rows are printed on standard error as they are found."
    })
final class BenchCoverageCommand implements Runnable {
  private static final List<String> COLUMNS =
      List.of(
          "p",
          "q",
          "estimator",
          "k",
          "n",
          "repetitions",
          "metric",
          "truth",
          "bias",
          "sd",
          "half_width",
          "width",
          "open",
          "coverage",
          "seconds");

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

  @Option(
      names = "--generators",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "measure generators too; default: ${DEFAULT-VALUE}")
  private boolean generators;

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
    List<List<Object>> rows = new ArrayList<>();
    IntervalStudy.run(
        samples,
        repetitions,
        generators,
        output.err()::println,
        row -> {
          rows.add(values(row));
          output.err().println(rows.get(rows.size() - 1));
        });
    output.print(new ResultTable(COLUMNS, rows));
  }

  private static List<Object> values(IntervalStudy.StudyRow row) {
    return List.of(
        row.p(),
        row.q(),
        row.estimator(),
        row.k(),
        row.n(),
        row.repetitions(),
        row.metric(),
        row.truth(),
        row.bias(),
        row.sd(),
        row.halfWidth(),
        row.width(),
        row.open(),
        row.coverage(),
        row.seconds());
  }
}
