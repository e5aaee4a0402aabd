package org.latentsweep.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.run.RunId;
import org.latentsweep.sweep.RecordedRuns;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.sweep.TimeEstimate;
import org.latentsweep.table.SummaryRow;

/**
 * Executes the commands: everything that needs Spark, tables or a clock. A command opens the engine
 * once it has checked its arguments, and closes it when it ends.
 *
 * <p>Every method throws {@link org.latentsweep.sweep.RequestException} if the request cannot be
 * met, for example because a folder holds no sweep, and {@link CancelledException} if it was told
 * to stop. Any other exception means that the environment failed.
 */
public interface Engine extends AutoCloseable {

  /**
   * Creates the missing parts of an output folder, prevents other processes from writing to it
   * until this engine is closed, and sets aside its damaged files.
   */
  void claim(String output);

  /** Returns the runs that are complete in an output folder; none if there is no such folder. */
  RecordedRuns recorded(String output);

  /** Returns an estimate of the time of each run of a sweep, from its finished runs if possible. */
  TimeEstimate seconds(SweepSpec spec, RecordedRuns recorded);

  /**
   * Returns the standard deviation over seeds of the logarithm of the forward divergence in an
   * output folder; NaN if it has no summary of its present runs.
   */
  double logDeviation(String output);

  /** Returns the free bytes of the disk that an output folder is on, or would be. */
  long freeBytes(String output);

  /** Returns the number of tasks that run at the same time. */
  int slots();

  /**
   * Trains and commits the runs of a sweep that are still to do.
   *
   * @return the number of runs that failed
   */
  int run(SweepSpec spec, SweepPlan plan, Monitor monitor);

  /**
   * Serves the report of an output folder, while it grows, to browsers on this machine until this
   * engine is closed.
   *
   * @param port TCP port; 0 for any free one
   * @return the address of the page
   */
  String live(String output, int port);

  /**
   * Computes the metrics that an output folder is missing.
   *
   * @param metrics families of metrics
   * @param bandwidths bandwidths of the smoothed metrics
   * @param snapshots whether to score snapshots too
   * @return the summary across seeds
   */
  List<SummaryRow> analyze(
      String output,
      List<String> metrics,
      List<Bandwidth> bandwidths,
      boolean snapshots,
      Monitor monitor);

  /**
   * Writes the report of an output folder, and its figures.
   *
   * @param into local folder to write to; empty for the output folder itself
   * @param animate runs of which to write animations as well
   * @param monitor is told of each file that was written or could not be written
   */
  void report(String output, Optional<Path> into, List<RunId> animate, Monitor monitor);

  /** Writes the report into an output folder, unless the one there shows the same tables. */
  void updateReport(String output, Monitor monitor);

  /**
   * Merges small files of an output folder without changing any row.
   *
   * @param megabytes approximate size of a merged file of the largest table
   * @param grace time to wait before the merged files are deleted, so that queries that have listed
   *     them can end
   * @return the files and megabytes of each table, before and after
   */
  ResultTable compact(String output, int megabytes, Duration grace, Monitor monitor);

  /** Returns how many runs completed, failed, diverged and are left. */
  ResultTable status(String output);

  /** Stops the process that writes to an output folder, and returns once it has released it. */
  void cancel(String output);

  /** Returns the rows of a query on the tables of an output folder. */
  ResultTable sql(String output, String query);

  /** Draws points from the generator of a finished run. Point i depends on the seed and i alone. */
  ResultTable sample(String output, RunId run, long count, long seed);

  /**
   * Draws the points of {@link #sample} into Parquet files, without collecting them in this
   * process.
   *
   * @param into folder that does not exist, which gets the layout of the table {@code samples}
   */
  void sampleInto(String output, RunId run, long count, long seed, String into, Monitor monitor);

  /**
   * Computes metrics of the points in a file, which any program may have drawn.
   *
   * @param file a file or folder
   * @param columns the columns with the coordinates of the points
   */
  ResultTable score(
      String file,
      List<String> columns,
      String target,
      List<String> metrics,
      List<Bandwidth> bandwidths,
      Monitor monitor);

  /**
   * Measures the time of each part of the analysis, on artificial runs.
   *
   * @param runs number of runs
   * @param samples number of samples of each run
   */
  ResultTable benchAnalysis(
      int runs, int samples, List<String> metrics, List<Bandwidth> bandwidths, Monitor monitor);

  @Override
  void close();
}
