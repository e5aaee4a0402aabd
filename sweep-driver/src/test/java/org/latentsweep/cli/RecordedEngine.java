package org.latentsweep.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentsweep.engine.CancelledException;
import org.latentsweep.engine.Engine;
import org.latentsweep.engine.Monitor;
import org.latentsweep.engine.Progress;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunSpec;
import org.latentsweep.sweep.RecordedRuns;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.sweep.TimeEstimate;
import org.latentsweep.table.SummaryRow;

/** An engine that records its calls, and whose runs take 36 seconds each. */
final class RecordedEngine implements Engine {
  static final double SECONDS = 36;

  private static final String DIAGNOSIS =
      "covers 62% of the target, 3% stray; map torn in 4% of the latent square; KL_h 0.50 forward"
          + " (missing mass), 0.05 reverse; 1 of 4 runs failed";

  private static final List<SummaryRow> SUMMARY =
      List.of(
          SummaryRows.row(
              1,
              "",
              "kl_forward",
              SummaryRows.median(4, 3, 0.5, 0.25, 0.75, 0.875),
              Double.POSITIVE_INFINITY,
              0.0625,
              DIAGNOSIS),
          SummaryRows.row(
              1,
              "",
              "kl_reverse",
              SummaryRows.median(2, 1, 12, Double.NaN, Double.NaN, Double.NaN),
              null,
              0.0625,
              DIAGNOSIS),
          SummaryRows.row(
              2,
              "",
              null,
              SummaryRows.median(1, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN),
              null,
              null,
              null));

  final List<String> asked = new ArrayList<>();
  RecordedRuns recorded = RecordedRuns.NONE;
  double logDeviation = Double.NaN;
  int failing;
  boolean closed;

  private ResultTable answer(Object... question) {
    asked.add(List.of(question).stream().map(String::valueOf).collect(Collectors.joining(" ")));
    return new ResultTable(List.of("answer"), List.of(List.of(42)));
  }

  @Override
  public void claim(String output) {
    answer("claim", output);
  }

  @Override
  public void cancel(String output) {
    answer("cancel", output);
  }

  @Override
  public RecordedRuns recorded(String output) {
    return recorded;
  }

  @Override
  public double logDeviation(String output) {
    return logDeviation;
  }

  @Override
  public TimeEstimate seconds(SweepSpec spec, RecordedRuns recorded) {
    return new TimeEstimate() {
      @Override
      public double applyAsDouble(RunSpec run) {
        return SECONDS;
      }

      @Override
      public String source() {
        return "fixed by the test";
      }

      @Override
      public TimeRange spread() {
        return new TimeRange(0.5, 1.25);
      }
    };
  }

  @Override
  public long freeBytes(String output) {
    return 1_500_000_000;
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public int run(SweepSpec spec, SweepPlan plan, Monitor monitor) {
    answer("run", spec.name(), plan.left());
    monitor.show(
        new Progress("training", "runs", plan.total(), plan.total(), Duration.ofSeconds(60)));
    return failing;
  }

  @Override
  public String live(String output, int port) {
    answer("live", output, port);
    return "http://127.0.0.1:4711/?token=t";
  }

  @Override
  public List<SummaryRow> analyze(
      String output,
      List<String> metrics,
      List<Bandwidth> bandwidths,
      boolean snapshots,
      Monitor monitor) {
    answer("analyze", output, metrics, labels(bandwidths), snapshots);
    return SUMMARY;
  }

  @Override
  public void report(String output, Optional<Path> into, List<RunId> animate, Monitor monitor) {
    answer("report", output, into.map(Path::toString).orElse("there"), animate);
    monitor.say("report: " + output + "/report.html");
  }

  @Override
  public void updateReport(String output, Monitor monitor) {
    report(output, Optional.empty(), List.of(), monitor);
  }

  @Override
  public ResultTable compact(String output, int megabytes, Duration grace, Monitor monitor) {
    return answer("compact", output, megabytes, grace);
  }

  @Override
  public ResultTable status(String output) {
    if (output.equals("nowhere")) {
      throw new RequestException("Cannot tell the status of nowhere: it holds no sweep");
    }
    return answer("status", output);
  }

  @Override
  public ResultTable sql(String output, String query) {
    if (query.equals("disk")) {
      throw new IllegalStateException("Cannot read: disk on fire");
    }
    if (query.equals("cancelled")) {
      throw new CancelledException("Cancelled: it was told to stop", null);
    }
    if (query.equals("natives")) {
      throw new UnsatisfiedLinkError("no library");
    }
    return answer("sql", output, query);
  }

  @Override
  public ResultTable sample(String output, RunId run, long count, long seed) {
    return answer("sample", output, run, count, seed);
  }

  @Override
  public void sampleInto(
      String output, RunId run, long count, long seed, String into, Monitor monitor) {
    answer("sampleInto", output, run, count, seed, into);
  }

  @Override
  public ResultTable score(
      String file,
      List<String> columns,
      String target,
      List<String> metrics,
      List<Bandwidth> bandwidths,
      Monitor monitor) {
    return answer("score", file, columns, target, metrics, labels(bandwidths));
  }

  private static List<String> labels(List<Bandwidth> bandwidths) {
    return bandwidths.stream().map(Bandwidth::label).toList();
  }

  @Override
  public ResultTable benchAnalysis(
      int runs, int samples, List<String> metrics, List<Bandwidth> bandwidths, Monitor monitor) {
    return answer("bench", runs, samples, metrics, labels(bandwidths));
  }

  @Override
  public void close() {
    closed = true;
  }

  void failed(RunId run) {
    recorded = new RecordedRuns(Set.of(), Set.of(run), List.of());
  }
}
