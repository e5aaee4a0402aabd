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

  static LongStream cases() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyPendingRunIsInOnePackAndTheLimitsHold(long seed) {
    Random random = new Random(seed);
    List<RunSpec> runs = new ArrayList<>();
    int n = 1 + random.nextInt(400);
    for (int i = 0; i < n; i++) {
      runs.add(Runs.tiny(1 + random.nextInt(3), 10 + random.nextInt(2), random.nextInt(1000)));
    }
    SweepSpec spec = sweep(runs);
    Set<RunId> finished = new HashSet<>();
    Set<RunId> failed = new HashSet<>();
    for (RunSpec run : spec.runs()) {
      switch (random.nextInt(4)) {
        case 0 -> finished.add(run.id());
        case 1 -> failed.add(run.id());
        default -> {}
      }
    }
    boolean retry = random.nextBoolean();
    int slots = 1 + random.nextInt(16);
    double scale = Math.pow(10, 4 * random.nextDouble() - 2);
    ToDoubleFunction<RunSpec> seconds = run -> scale * (1 + run.seed() % 7);

    SweepPlan plan =
        SweepPlan.of(spec, new RecordedRuns(finished, failed, List.of()), retry, seconds, slots);

    List<RunId> pending =
        spec.runs().stream()
            .map(RunSpec::id)
            .filter(id -> !finished.contains(id) && (retry || !failed.contains(id)))
            .toList();
    assertThat(plan.packs().stream().flatMap(p -> p.pack().runs().stream()).map(RunSpec::id))
        .containsExactlyInAnyOrderElementsOf(pending);
    assertThat(plan.left()).isEqualTo(pending.size());
    assertThat(plan.total()).isEqualTo(spec.runs().size());
    assertThat(plan.packs())
        .isSortedAccordingTo(Comparator.comparingDouble(PlannedPack::seconds).reversed());
    assertThat(plan.packs().size()).isGreaterThanOrEqualTo(Math.min(pending.size(), 4 * slots));
    assertThat(plan.packs())
        .allSatisfy(
            pack -> {
              assertThat(pack.pack().runs()).hasSizeLessThanOrEqualTo(SweepPlan.MAX_PACK);
              if (pack.pack().runs().size() > 1) {
                assertThat(pack.seconds()).isLessThan(10 + 1e-6);
              }
              assertThat(pack.seconds())
                  .isCloseTo(pack.pack().runs().stream().mapToDouble(seconds).sum(), within(1e-9));
            });
    assertThat(plan.seconds())
        .isBetween(plan.coreSeconds() / slots - 1e-9, plan.coreSeconds() + 1e-9);
    assertThat(
            SweepPlan.of(
                spec, new RecordedRuns(finished, failed, List.of()), retry, seconds, slots))
        .isEqualTo(plan);
  }

  @ParameterizedTest
  @CsvSource({
    "10000, 0.05, 2, 100", // at most 100 runs a pack
    "10000, 0.1, 2, 100",
    "10000, 0.2, 2, 200", // 10 seconds a pack
    "10000, 0.05, 100, 400", // 4 packs a slot
    "27, 20, 2, 27", // long runs alone
    "27, 20, 100, 27",
    "27, 1, 1, 5",
    "1, 0.001, 8, 1",
  })
  void packsOf(int runs, double seconds, int slots, int packs) {
    assertThat(plan(seeds(1, runs), run -> seconds, slots).packs()).hasSize(packs);
  }

  @Test
  void packsShareTheirSamplesTable() {
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
  void countsWhatIsRecorded() {
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
  void nothingLeftIsAnEmptyPlan() {
    List<RunSpec> runs = seeds(1, 2);
    RecordedRuns recorded =
        new RecordedRuns(Set.of(runs.get(0).id(), runs.get(1).id()), Set.of(), List.of());

    SweepPlan plan = SweepPlan.of(sweep(runs), recorded, false, run -> 1, 3);

    assertThat(plan.packs()).isEmpty();
    assertThat(plan.seconds()).isZero();
    assertThat(plan.bytes()).isZero();
  }

  @Test
  void addsUpTheBytes() {
    List<RunSpec> runs = seeds(1, 3);

    assertThat(plan(runs, run -> 1, 1).bytes()).isEqualTo(3 * TableBytes.of(runs.get(0)));
  }

  @Test
  void repeatedRunsAreOne() {
    List<RunSpec> runs = IntStream.range(0, 3).mapToObj(i -> Runs.tiny(1, 10, 1)).toList();

    assertThat(sweep(runs).runs()).hasSize(1);
  }

  @Test
  void rejectsWhatIsNoTimeAndNoSlot() {
    assertThatThrownBy(() -> plan(seeds(1, 1), run -> 0, 1))
        .hasMessage("Cannot plan: a run must take more than 0 seconds, found 0.0");
    assertThatThrownBy(() -> plan(seeds(1, 1), run -> 1, 0))
        .hasMessage("Cannot plan: slots must be >= 1, found 0");
    assertThatThrownBy(() -> sweep(List.of())).hasMessage("Cannot make a sweep: it has no runs");
  }
}
