package org.latentsweep.execution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.sweep.Flops;
import org.latentsweep.sweep.RecordedRuns;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.sweep.TimeEstimate;
import org.latentsweep.sweep.TimedRun;
import org.latentsweep.sweep.Timing;
import org.latentsweep.training.BackendChoice;
import org.latentsweep.training.PackTrainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates the seconds of a run on one core from a {@link Cost}, which is determined when the
 * first estimate is asked for:
 *
 * <ul>
 *   <li>from the completed runs of this sweep, if there are enough of them and their networks
 *       differ in size
 *   <li>otherwise from a few steps of the largest and the smallest networks of the sweep on this
 *       machine, scaled to the times of the completed runs
 *   <li>from those steps alone if no run is completed
 * </ul>
 *
 * <p>The spread of the times is that of the completed runs around their estimates, from the 10th to
 * the 90th percentile, and of the repeated measurements of a step. Of these the least counts,
 * because other programs can only make a step slower.
 *
 * <p>Only runs of the back end that will be used count. That is the configured one or, with {@code
 * auto}, the one that trained the last run, because executors choose it. If only the executors can
 * use the back end, the time of a nominal core replaces the measurement.
 */
final class CostModel implements TimeEstimate {
  private static final Logger LOG = LoggerFactory.getLogger(CostModel.class);

  /** Approximate FLOP/s of one core in training, from worker/BENCHMARKS.md. */
  private static final double NOMINAL_FLOPS = 8e10;

  // All chosen by judgement: the user waits for the plan meanwhile.
  private static final double WARM_UP_SECONDS = 0.5;
  private static final double TIMED_SECONDS = 0.1;
  private static final int TIMINGS = 5;

  private static final double TAIL = 0.1; // of the completed runs, at either end of the spread

  private static final int CHUNK = 5; // steps between two readings of the clock

  /** Chosen by judgement: more runs hardly change a fit of two constants. */
  private static final int MAX_TIMED = 1000;

  private final List<RunSpec> runs;
  private final String backend;
  private final List<Timing> timings;
  private final boolean trainsHere;
  private String source = "";
  private TimeRange spread = TimeRange.NONE;
  private Cost cost;

  /**
   * Creates a model that measures nothing yet.
   *
   * @param trainsHere whether runs are trained on this machine, so that a back end that it cannot
   *     use cannot be used at all
   */
  CostModel(List<RunSpec> runs, String backend, List<Timing> timings, boolean trainsHere) {
    this.runs = runs;
    this.backend = backend;
    this.timings = timings;
    this.trainsHere = trainsHere;
  }

  /** Creates the model of a sweep. */
  static CostModel of(SweepSpec spec, RecordedRuns recorded) {
    return new CostModel(
        spec.runs(), spec.backend(), recorded.timings(), SparkApplication.isLocal(new SparkConf()));
  }

  @Override
  public double applyAsDouble(RunSpec run) {
    if (cost == null) {
      cost = estimate();
    }
    return cost.seconds(run);
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public TimeRange spread() {
    return spread;
  }

  private Cost estimate() {
    List<TimedRun> timed = timed();
    if (timed.isEmpty()) {
      return measured();
    }
    source = timed.size() == 1 ? "from 1 finished run" : "from " + timed.size() + " finished runs";
    Cost fitted;
    if (CostFit.isDetermined(timed)) {
      fitted = CostFit.of(timed);
    } else if (CostFit.ofOneSize(runs.stream())) {
      fitted = CostFit.scaled(new Cost(0, 1), timed);
    } else {
      String finished = source;
      fitted = CostFit.scaled(measured(), timed);
      source = finished + ", and " + source;
    }
    spread = spread.or(spread(fitted, timed));
    return fitted;
  }

  private static TimeRange spread(Cost fitted, List<TimedRun> timed) {
    double[] ratios =
        timed.stream()
            .mapToDouble(t -> t.seconds() / fitted.trainSeconds(t.run()))
            .sorted()
            .toArray();
    int tail = (int) (TAIL * ratios.length);
    return new TimeRange(ratios[tail], ratios[ratios.length - 1 - tail]).or(TimeRange.NONE);
  }

  /** Returns a sample of the runs that were timed with the back end that will be used. */
  private List<TimedRun> timed() {
    Optional<Timing> last = timings.stream().max(Comparator.comparing(Timing::finishedAt));
    if (last.isEmpty()) {
      return List.of();
    }
    String used = backend.equals(BackendChoice.AUTO) ? last.get().backend() : backend;
    Map<RunId, Double> seconds =
        timings.stream()
            .filter(timing -> timing.backend().equals(used))
            .collect(Collectors.toMap(Timing::run, Timing::seconds));
    List<RunSpec> shuffled = new ArrayList<>(runs);
    Collections.shuffle(
        shuffled, new Random(1)); // a fixed seed, so that the sample is the same every time
    return shuffled.stream()
        .filter(run -> seconds.containsKey(run.id()))
        .limit(MAX_TIMED)
        .map(run -> new TimedRun(run, seconds.get(run.id())))
        .toList();
  }

  private Cost measured() {
    Optional<BackendChoice> choice = choice();
    source = choice.isPresent() ? "measured on this machine" : "as of a nominal core";
    return choice.map(this::measured).orElse(new Cost(0, 1 / NOMINAL_FLOPS));
  }

  private Cost measured(BackendChoice choice) {
    Comparator<RunSpec> bySize = Comparator.comparingDouble(Flops::perStep);
    RunSpec largest = runs.stream().max(bySize).orElseThrow();
    RunSpec smallest = runs.stream().min(bySize).orElseThrow();
    double large = stepSeconds(choice, largest);
    if (!CostFit.ofOneSize(Stream.of(largest, smallest))) {
      double small = stepSeconds(choice, smallest);
      double slope = (large - small) / (Flops.perStep(largest) - Flops.perStep(smallest));
      if (slope > 0) {
        return new Cost(Math.max(0, large - slope * Flops.perStep(largest)), slope);
      }
    }
    return new Cost(0, large / Flops.perStep(largest));
  }

  private double stepSeconds(BackendChoice choice, RunSpec run) {
    try (PackTrainer trainer = choice.backend().start(new RunPack(List.of(run)))) {
      double least = train(trainer, WARM_UP_SECONDS);
      double greatest = least;
      for (int i = 0; i < TIMINGS && !ended(trainer); i++) {
        double seconds = train(trainer, TIMED_SECONDS);
        greatest = i == 0 ? seconds : Math.max(greatest, seconds);
        least = i == 0 ? seconds : Math.min(least, seconds);
      }
      spread = spread.or(new TimeRange(1, greatest / least));
      return least;
    }
  }

  private Optional<BackendChoice> choice() {
    try {
      return Optional.of(BackendChoice.of(backend));
    } catch (IllegalStateException e) { // cannot be used here
      if (trainsHere) {
        throw new RequestException(e.getMessage());
      }
      LOG.warn("On the driver: {}; times are estimated as of a nominal core", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Trains for about that long, or until the run diverges or fails, and returns the seconds of a
   * step.
   */
  private static double train(PackTrainer trainer, double seconds) {
    int before = trainer.history(0).size();
    long start = System.nanoTime();
    double elapsed;
    do {
      trainer.advance(CHUNK);
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds && !ended(trainer));
    return elapsed / Math.max(1, trainer.history(0).size() - before);
  }

  private static boolean ended(PackTrainer trainer) {
    return trainer.divergedAt(0).isPresent() || trainer.failure(0).isPresent();
  }
}
