package org.latentsweep.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.run.RunId;
import org.latentsweep.sweep.RecordedRuns;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.sweep.TimeEstimate;

/**
 * What the commands need done: all that takes Spark, tables or a clock. Opened by a command that
 * needs it, once its arguments are known to be sound, and closed at its end.
 *
 * <p>Every method may throw {@link org.latentsweep.sweep.RequestException} where the request cannot
 * be met, such as for a folder that holds no sweep, and {@link CancelledException} where it was
 * told to stop; any other exception is the environment's fault.
 */
public interface Engine extends AutoCloseable {

  /**
   * Creates what is missing of an output folder, keeps other processes from writing to it until
   * this engine is closed, and sets aside files of it that are damaged.
   */
  void claim(String output);

  /** The runs that an output folder holds whole; none where there is no such folder. */
  RecordedRuns recorded(String output);

  /**
   * Estimates the seconds of a run of this sweep, from those that are finished as far as it can.
   */
  TimeEstimate seconds(SweepSpec spec, RecordedRuns recorded);

  /** Tasks that run at the same time. */
  int slots();

  /**
   * Trains and commits what is left of a sweep.
   *
   * @param progress told whenever there is news
   * @return how many of the runs failed
   */
  int run(SweepSpec spec, SweepPlan plan, Consumer<Progress> progress);

  /**
   * Serves the report of an output folder, as it grows, to browsers on this machine until this
   * engine is closed.
   *
   * @param port where, or 0 for any that is free
   * @return the page's address
   */
  String live(String output, int port);

  /**
   * Computes the metrics that an output folder is missing.
   *
   * @param metrics families
   * @param bandwidths at which to measure what is smoothed
   * @param snapshots whether those of snapshots too
   * @return the summary across seeds
   */
  Table analyze(String output, List<String> metrics, List<Bandwidth> bandwidths, boolean snapshots);

  /**
   * Writes a report of what an output folder holds, and its figures.
   *
   * @param into local folder to write to; empty for the output folder itself
   * @param animate runs to write animations of, too
   * @param told of what was written, and of what could not be
   */
  void report(String output, Optional<Path> into, List<RunId> animate, Consumer<String> told);

  /**
   * Merges small files of an output folder, without changing a row.
   *
   * @param megabytes that a merged file of the largest table has, about
   * @param grace time that queries have to end before the files that they may have listed go
   * @param progress told what is going on
   * @return files and megabytes of each table, before and after
   */
  Table compact(String output, int megabytes, Duration grace, Consumer<String> progress);

  /** How many runs are done, failed, diverged and left. */
  Table status(String output);

  /** Stops the process that writes to an output folder; returns once it has let go. */
  void cancel(String output);

  /** The rows of a query on the tables of an output folder. */
  Table sql(String output, String query);

  /** Points drawn from a finished generator, {@code count} of them. */
  Table sample(String output, RunId run, long count, long seed);

  /** Metrics of points that any program drew, in a file, against a target. */
  Table score(String file, String target, List<String> metrics, List<Bandwidth> bandwidths);

  /**
   * Seconds that each part of analysis takes, on runs that are made up for it.
   *
   * @param samples of each run
   * @param progress told what is going on
   */
  Table benchAnalysis(
      int runs,
      int samples,
      List<String> metrics,
      List<Bandwidth> bandwidths,
      Consumer<String> progress);

  @Override
  void close();
}
