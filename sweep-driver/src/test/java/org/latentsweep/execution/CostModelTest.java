package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.sweep.RecordedRuns;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.sweep.TimeEstimate;
import org.latentsweep.sweep.TimedRun;
import org.latentsweep.sweep.Timing;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.training.CheckpointPolicy;

class CostModelTest {
  /** The name of a back end that does not exist, so that a measurement with it would throw. */
  private static final String ELSEWHERE = "elsewhere";

  private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");
  private static final AdamSpec ADAM = new AdamSpec(1e-3, 0.5, 0.999, 1e-7);

  private static RunSpec run(int width, int steps, long seed) {
    return new RunSpec(
        "gaussian",
        new NoiseLaw.Normal(),
        2,
        new MlpSpec(List.of(width), Activation.RELU, Activation.LINEAR),
        new MlpSpec(List.of(width, width), Activation.RELU, Activation.LINEAR),
        Loss.NON_SATURATING,
        ADAM,
        ADAM,
        steps,
        64,
        new SampleSchedule(0, 0, 10),
        seed);
  }

  private static List<RunSpec> grid(int seeds, int... widths) {
    List<RunSpec> runs = new ArrayList<>();
    for (int width : widths) {
      for (int seed = 1; seed <= seeds; seed++) {
        runs.add(run(width, 100 * (1 + seed % 3), seed));
      }
    }
    return runs;
  }

  /**
   * Returns random times of runs with a known cost. One run in {@code slow} is on a machine that is
   * 4 times as slow.
   */
  private static List<Timing> timings(
      List<RunSpec> runs, Cost truth, double spread, int slow, Random random) {
    return runs.stream()
        .map(
            run -> {
              double noise = Math.exp(spread * random.nextGaussian());
              double machine = random.nextInt(slow) == 0 ? 4 : 1;
              return timing(run, ELSEWHERE, truth.trainSeconds(run) * noise * machine, 0);
            })
        .toList();
  }

  private static Timing timing(RunSpec run, String backend, double seconds, int day) {
    return new Timing(run.id(), backend, seconds, DAY.plusSeconds(86_400L * day));
  }

  private static CostModel model(List<RunSpec> runs, String backend, List<Timing> timings) {
    return new CostModel(runs, backend, timings, true);
  }

  @ParameterizedTest
  @CsvSource({"1e-3, 3e-11", "1e-5, 3e-11", "1e-3, 1e-13", "2e-2, 5e-10"})
  void findsTheConstantsDespiteNoiseAndSlowMachines(double perStep, double perFlop) {
    List<RunSpec> runs = grid(60, 8, 32, 128, 512);
    Cost truth = new Cost(perStep, perFlop);
    CostModel model = model(runs, ELSEWHERE, timings(runs, truth, 0.1, 5, new Random(1)));

    for (int width : new int[] {8, 16, 64, 256, 512}) {
      RunSpec run = run(width, 5000, 1);
      assertThat(model.applyAsDouble(run)).isCloseTo(truth.seconds(run), withinPercentage(12));
    }
    assertThat(model.source()).isEqualTo("from 240 finished runs");
    assertThat(model.spread().low()).isBetween(0.75, 0.95);
    assertThat(model.spread().high()).isBetween(3.0, 4.5); // a run in five is on a slow machine
  }

  @Test
  void theFitIsExactOnExactTimes() {
    List<RunSpec> runs = grid(3, 8, 64, 256);
    Cost truth = new Cost(1e-3, 3e-11);
    List<TimedRun> timed =
        runs.stream().map(run -> new TimedRun(run, truth.trainSeconds(run))).toList();

    Cost cost = CostFit.of(timed);

    assertThat(cost.secondsPerStep()).isCloseTo(truth.secondsPerStep(), withinPercentage(0.1));
    assertThat(cost.secondsPerFlop()).isCloseTo(truth.secondsPerFlop(), withinPercentage(0.1));
  }

  @Test
  void theFitUsesASampleOfManyRuns() {
    List<RunSpec> runs = grid(400, 8, 64, 256);
    CostModel model =
        model(runs, ELSEWHERE, timings(runs, new Cost(1e-3, 3e-11), 0.1, 5, new Random(2)));

    assertThat(model.applyAsDouble(runs.get(0))).isPositive();
    assertThat(model.source()).isEqualTo("from 1000 finished runs");
  }

  @Test
  void runsOfOneSizeScaleTheFlopsWithoutAMeasurement() {
    List<RunSpec> runs = grid(20, 64);
    RunSpec done = runs.get(0);
    List<Timing> timings =
        List.of(
            timing(done, ELSEWHERE, 0.02 * done.steps(), 0),
            timing(runs.get(1), ELSEWHERE, 0.02 * runs.get(1).steps(), 0),
            timing(runs.get(2), ELSEWHERE, 0.9 * runs.get(2).steps(), 0));
    CostModel model = model(runs, ELSEWHERE, timings);

    RunSpec other = runs.get(5);
    assertThat(model.applyAsDouble(other)).isCloseTo(0.02 * other.steps(), withinPercentage(1));
    assertThat(model.source()).isEqualTo("from 3 finished runs");
  }

  @Test
  void runsOfOneSizeScaleTheMeasurementOfASweepOfSeveralSizes() {
    List<RunSpec> runs = grid(10, 8, 512);
    RunSpec done = run(8, 200, 1);
    CostModel model = model(runs, "cpu", List.of(timing(done, "cpu", 1000 * done.steps(), 0)));

    assertThat(model.applyAsDouble(run(8, 500, 1))).isCloseTo(500_000, withinPercentage(0.1));
    assertThat(model.applyAsDouble(run(512, 500, 1))).isGreaterThan(500_000);
    assertThat(model.source()).isEqualTo("from 1 finished run, and measured on this machine");
  }

  @Test
  void withoutFinishedRunsItMeasures() {
    List<RunSpec> runs = grid(1, 8, 128);
    CostModel model =
        model(
            runs,
            "cpu",
            List.of(
                timing(runs.get(0), ELSEWHERE, 1e9, 0), // another back end
                timing(run(8, 77, 99), "cpu", 1e9, 0))); // a run of another sweep

    assertThat(model.source()).isEmpty();
    assertThat(model.spread()).isEqualTo(TimeEstimate.TimeRange.NONE);
    assertThat(model.applyAsDouble(runs.get(0))).isBetween(0.0, 1e6);
    assertThat(model.source()).isEqualTo("measured on this machine");
    assertThat(model.spread().low()).isEqualTo(1);
    assertThat(model.spread().high()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void autoUsesTheBackEndThatTrainedLast() {
    List<RunSpec> runs = grid(3, 64);
    List<Timing> timings =
        List.of(
            timing(runs.get(0), "cpu", 1e6, 0),
            timing(runs.get(1), ELSEWHERE, 0.01 * runs.get(1).steps(), 2),
            timing(runs.get(2), "cpu", 1e6, 1));

    assertThat(model(runs, "auto", timings).applyAsDouble(runs.get(0)))
        .isCloseTo(0.01 * runs.get(0).steps(), withinPercentage(1));
  }

  @Test
  void theLongestRunsAreStartedFirst() {
    // Steps cost far more than flops here, so that a small network with many steps takes longer
    // than a
    // large network with few steps, although it has fewer flops.
    List<RunSpec> done = grid(8, 8, 64, 256);
    RunSpec long8 = run(8, 9000, 1);
    RunSpec short256 = run(256, 3000, 1);
    List<RunSpec> runs = new ArrayList<>(done);
    runs.addAll(List.of(short256, long8));
    List<Timing> timings = timings(done, new Cost(1, 1e-11), 0.05, 6, new Random(3));
    Set<RunId> finished = done.stream().map(RunSpec::id).collect(Collectors.toSet());
    SweepSpec spec =
        new SweepSpec(
            "n",
            "out",
            runs,
            ELSEWHERE,
            List.of(),
            List.of(new Bandwidth(1)),
            false,
            CheckpointPolicy.NONE);

    SweepPlan plan =
        SweepPlan.of(
            spec,
            new RecordedRuns(finished, Set.of(), timings),
            false,
            model(runs, ELSEWHERE, timings),
            1);

    assertThat(plan.packs().stream().map(pack -> pack.pack().runs().get(0)))
        .containsExactly(long8, short256);
    assertThat(plan.coreSeconds()).isCloseTo(12_000, withinPercentage(10));
  }

  @Test
  void aFinishedSweepIsPlannedWithoutAnEstimate() {
    List<RunSpec> runs = grid(2, 8, 256);
    Set<RunId> finished = runs.stream().map(RunSpec::id).collect(Collectors.toSet());
    SweepSpec spec =
        new SweepSpec(
            "n",
            "out",
            runs,
            ELSEWHERE,
            List.of(),
            List.of(new Bandwidth(1)),
            false,
            CheckpointPolicy.NONE);
    CostModel model = model(runs, ELSEWHERE, List.of()); // throws if it measures

    SweepPlan plan =
        SweepPlan.of(spec, new RecordedRuns(finished, Set.of(), List.of()), false, model, 1);

    assertThat(plan.packs()).isEmpty();
    assertThat(model.source()).isEmpty();
    assertThat(model.spread()).isEqualTo(TimeEstimate.TimeRange.NONE);
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void estimatesArePositiveAndGrowWithTheRun(long seed) {
    Random random = new Random(seed);
    List<RunSpec> runs = grid(1 + random.nextInt(6), 8, 64, 512);
    List<Timing> timings =
        runs.stream()
            .filter(run -> random.nextBoolean() || run.generator().widths().get(0) > 8)
            .map(run -> timing(run, ELSEWHERE, Math.exp(20 * random.nextGaussian()), 0))
            .toList();
    List<TimedRun> timed =
        timings.stream()
            .map(
                timing ->
                    new TimedRun(
                        runs.stream().filter(r -> r.id().equals(timing.run())).findFirst().get(),
                        timing.seconds()))
            .toList();
    Cost cost =
        CostFit.isDetermined(timed)
            ? CostFit.of(timed)
            : CostFit.scaled(new Cost(0.5, 1e-9), timed);

    assertThat(cost.secondsPerStep()).isPositive().isFinite();
    assertThat(cost.secondsPerFlop()).isPositive().isFinite();
    List<Double> bySize =
        LongStream.of(8, 64, 512).mapToObj(w -> cost.trainSeconds(run((int) w, 10, 1))).toList();
    assertThat(bySize).isSortedAccordingTo(Comparator.naturalOrder()).doesNotHaveDuplicates();
  }
}
