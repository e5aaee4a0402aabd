package org.latentsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunSpec;
import org.latentsweep.training.CheckpointPolicy;

class SweepPlanTest {
  private static SweepSpec sweep(List<RunSpec> runs) {
    return new SweepSpec(
        "n",
        "out",
        runs,
        "auto",
        List.of("kl"),
        List.of(new Bandwidth(1)),
        false,
        CheckpointPolicy.NONE);
  }

  private static List<RunSpec> seeds(int k, int n) {
    return LongStream.rangeClosed(1, n).mapToObj(seed -> Runs.tiny(k, 10, seed)).toList();
  }

  private static SweepPlan plan(List<RunSpec> runs, ToDoubleFunction<RunSpec> seconds, int slots) {
    return SweepPlan.of(sweep(runs), RecordedRuns.NONE, false, seconds, slots);
  }

  private static List<Integer> packSizes(SweepPlan plan) {
    return plan.packs().stream().map(pack -> pack.pack().runs().size()).toList();
  }

  /** A random request and its plan. */
  private static final class Case {
    private static final List<Case> ALL = LongStream.range(0, 200).mapToObj(Case::new).toList();

    final long seed;
    final SweepSpec spec;
    final RecordedRuns recorded;
    final boolean retry;
    final int slots;
    final ToDoubleFunction<RunSpec> seconds;
    final SweepPlan plan;

    private Case(long seed) {
      this.seed = seed;
      Random random = new Random(seed);
      List<RunSpec> runs = new ArrayList<>();
      int n = 1 + random.nextInt(400);
      for (int i = 0; i < n; i++) {
        runs.add(Runs.tiny(1 + random.nextInt(3), 10 + random.nextInt(2), random.nextInt(1000)));
      }
      spec = sweep(runs);
      Set<RunId> finished = new HashSet<>();
      Set<RunId> failed = new HashSet<>();
      for (RunSpec run : spec.runs()) {
        switch (random.nextInt(4)) {
          case 0 -> finished.add(run.id());
          case 1 -> failed.add(run.id());
          default -> {}
        }
      }
      recorded = new RecordedRuns(finished, failed, List.of());
      retry = random.nextBoolean();
      slots = 1 + random.nextInt(16);
      double scale = Math.pow(10, 4 * random.nextDouble() - 2);
      seconds = run -> scale * (1 + run.seed() % 7);
      plan = plan();
    }

    SweepPlan plan() {
      return SweepPlan.of(spec, recorded, retry, seconds, slots);
    }

    List<RunId> pending() {
      return spec.runs().stream()
          .map(RunSpec::id)
          .filter(id -> !recorded.finished().contains(id))
          .filter(id -> retry || !recorded.failed().contains(id))
          .toList();
    }

    @Override
    public String toString() {
      return "case " + seed;
    }
  }

  static List<Case> cases() {
    return Case.ALL;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyPendingRunIsInOnePack(Case c) {
    assertThat(c.plan.packs().stream().flatMap(p -> p.pack().runs().stream()).map(RunSpec::id))
        .containsExactlyInAnyOrderElementsOf(c.pending());
    assertThat(c.plan.left()).isEqualTo(c.pending().size());
    assertThat(c.plan.total()).isEqualTo(c.spec.runs().size());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void packsAreSortedAndEnoughForTheSlots(Case c) {
    assertThat(c.plan.packs())
        .isSortedAccordingTo(Comparator.comparingDouble(PlannedPack::seconds).reversed())
        .hasSizeGreaterThanOrEqualTo(Math.min(c.pending().size(), 4 * c.slots));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void packsKeepTheirLimits(Case c) {
    assertThat(c.plan.packs())
        .allSatisfy(
            pack -> {
              assertThat(pack.pack().runs()).hasSizeLessThanOrEqualTo(SweepPlan.MAX_PACK);
              if (pack.pack().runs().size() > 1) {
                assertThat(pack.seconds()).isLessThan(10 + 1e-6);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void timesAreAddedUp(Case c) {
    assertThat(c.plan.packs())
        .allSatisfy(
            pack ->
                assertThat(pack.seconds())
                    .isCloseTo(
                        pack.pack().runs().stream().mapToDouble(c.seconds).sum(), within(1e-9)));
    assertThat(c.plan.seconds())
        .isBetween(c.plan.coreSeconds() / c.slots - 1e-9, c.plan.coreSeconds() + 1e-9);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSameRequestGivesTheSamePlan(Case c) {
    assertThat(c.plan()).isEqualTo(c.plan);
  }

  @ParameterizedTest
  @CsvSource({
    "10000, 0.05, 2, 100", // at most 100 runs in a pack
    "10000, 0.1, 2, 100",
    "10000, 0.2, 2, 200", // 10 seconds in a pack
    "10000, 0.05, 100, 400", // 4 packs for each slot
    "27, 20, 2, 27", // a pack for each long run
    "27, 20, 100, 27",
    "27, 1, 1, 5",
    "1, 0.001, 8, 1",
  })
  void numberOfPacks(int runs, double seconds, int slots, int packs) {
    assertThat(plan(seeds(1, runs), run -> seconds, slots).packs()).hasSize(packs);
  }

  @Test
  void aPackHoldsRunsOfOneLatentDimension() {
    List<RunSpec> runs = new ArrayList<>(seeds(1, 3));
    runs.addAll(seeds(2, 5));

    assertThat(packSizes(plan(runs, run -> 0.1, 1))).containsExactly(2, 2, 2, 1, 1);
  }

  @Test
  void longestComeFirstAndTiesKeepTheOrderOfTheGrid() {
    List<RunSpec> runs = seeds(1, 4);

    SweepPlan plan = plan(runs, run -> run.seed() == 3 ? 40 : 20, 2);

    assertThat(plan.packs().stream().map(pack -> pack.pack().runs().get(0).seed()))
        .containsExactly(3L, 1L, 2L, 4L);
    assertThat(plan.coreSeconds()).isEqualTo(100);
    assertThat(plan.seconds()).isEqualTo(60);
  }

  @Test
  void countsRecordedRuns() {
    List<RunSpec> runs = seeds(1, 5);
    RecordedRuns recorded =
        new RecordedRuns(
            Set.of(runs.get(0).id(), RunId.of("of another sweep")),
            Set.of(runs.get(1).id()),
            List.of());

    SweepPlan keep = SweepPlan.of(sweep(runs), recorded, false, run -> 1, 1);
    SweepPlan retry = SweepPlan.of(sweep(runs), recorded, true, run -> 1, 1);

    assertThat(List.of(keep.total(), keep.finished(), keep.failed(), keep.left()))
        .containsExactly(5, 1, 1, 3);
    assertThat(List.of(retry.total(), retry.finished(), retry.failed(), retry.left()))
        .containsExactly(5, 1, 0, 4);
  }

  @Test
  void aFinishedSweepHasAnEmptyPlan() {
    List<RunSpec> runs = seeds(1, 2);
    RecordedRuns recorded =
        new RecordedRuns(Set.of(runs.get(0).id(), runs.get(1).id()), Set.of(), List.of());

    SweepPlan plan = SweepPlan.of(sweep(runs), recorded, false, run -> 1, 3);

    assertThat(plan.packs()).isEmpty();
    assertThat(plan.seconds()).isZero();
    assertThat(plan.bytes()).isZero();
  }

  @Test
  void bytesAreAddedUp() {
    List<RunSpec> runs = seeds(1, 3);

    assertThat(plan(runs, run -> 1, 1).bytes()).isEqualTo(3 * TableBytes.of(runs.get(0)));
  }

  @Test
  void repeatedRunsAreKeptOnce() {
    List<RunSpec> runs = IntStream.range(0, 3).mapToObj(i -> Runs.tiny(1, 10, 1)).toList();

    assertThat(sweep(runs).runs()).hasSize(1);
  }

  @Test
  void rejectsInvalidTimesSlotsAndSweeps() {
    assertThatThrownBy(() -> plan(seeds(1, 1), run -> 0, 1))
        .hasMessage("Cannot plan: a run must take more than 0 seconds, found 0.0");
    assertThatThrownBy(() -> plan(seeds(1, 1), run -> 1, 0))
        .hasMessage("Cannot plan: slots must be >= 1, found 0");
    assertThatThrownBy(() -> sweep(List.of())).hasMessage("Cannot make a sweep: it has no runs");
  }
}
