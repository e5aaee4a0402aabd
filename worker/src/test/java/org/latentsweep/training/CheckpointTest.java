package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentsweep.network.Activation;
import org.latentsweep.network.Loss;
import org.latentsweep.run.History;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSet;
import org.latentsweep.target.NoiseLaw;

/** Runs that are stopped and go on, against the same runs undisturbed. */
class CheckpointTest {
  private static final int STEPS = 23; // a snapshot every 5
  private static final BackendChoice VECTORS = choice(new CpuBackend(CpuKernel.vectors()));
  private static final BackendChoice OPENBLAS = choice(new CpuBackend(CpuKernel.OPENBLAS));
  private static final BackendChoice REFERENCE = choice(new ReferenceBackend());
  private static final RunSpec RUN = SmallRuns.spiral(STEPS, 1);

  private static BackendChoice choice(Backend backend) {
    return new BackendChoice(backend, backend.name() + " (test)");
  }

  static Stream<BackendChoice> backends() {
    return Stream.of(REFERENCE, OPENBLAS, VECTORS);
  }

  static Stream<Arguments> backendsAndRuns() {
    return backends().flatMap(choice -> runs().map(run -> Arguments.of(choice, run)));
  }

  static Stream<RunSpec> runs() {
    return Stream.of(Activation.RELU, Activation.leakyRelu(0.01), Activation.TANH)
        .flatMap(
            activation ->
                Stream.of(Loss.values())
                    .map(
                        loss ->
                            SmallRuns.run(
                                "eight-gaussians",
                                new NoiseLaw.NormalOneHot(8),
                                10,
                                activation,
                                loss == Loss.HINGE ? Activation.TANH : Activation.LINEAR,
                                loss,
                                1e-3,
                                STEPS,
                                38, // half of it is odd
                                4)));
  }

  private static List<RunResult> train(
      BackendChoice choice,
      CheckpointPolicy policy,
      CheckpointStore store,
      BooleanSupplier cancelled,
      RunSpec... runs) {
    List<RunResult> results = new ArrayList<>();
    PackTraining.train(new RunPack(List.of(runs)), choice, policy, store, cancelled, results::add);
    return results;
  }

  private static List<RunResult> undisturbed(BackendChoice choice, RunSpec... runs) {
    MemoryCheckpoints store = new MemoryCheckpoints();
    List<RunResult> results = train(choice, CheckpointPolicy.NONE, store, () -> false, runs);
    assertThat(store.written).isEmpty();
    return results;
  }

  /** A run's checkpoints after each of its steps but the last. */
  private static List<byte[]> checkpoints(BackendChoice choice, RunSpec run) throws IOException {
    MemoryCheckpoints store = new MemoryCheckpoints();
    train(choice, CheckpointPolicy.everySteps(1), store, () -> false, run);
    assertThat(store.steps()).hasSize(run.steps() - 1).startsWith(1, 2).endsWith(run.steps() - 1);
    return store.written;
  }

  /** Trains with a checkpoint at hand, of which the policy makes no use but to read it. */
  private static RunResult resume(BackendChoice choice, RunSpec run, byte[] checkpoint) {
    MemoryCheckpoints store = MemoryCheckpoints.of(run.id(), checkpoint);
    return train(choice, CheckpointPolicy.everySteps(1_000), store, () -> false, run).get(0);
  }

  private static void assertSameBits(RunResult found, RunResult expected) {
    assertThat(found.outcome()).isEqualTo(expected.outcome());
    assertThat(found.message()).isEqualTo(expected.message());
    assertThat(found.divergedAt()).isEqualTo(expected.divergedAt());
    assertThat(bits(found.history())).isEqualTo(bits(expected.history()));
    assertThat(found.samples())
        .extracting(SampleSet::step)
        .isEqualTo(expected.samples().stream().map(SampleSet::step).toList());
    for (int i = 0; i < expected.samples().size(); i++) {
      assertThat(bits(found.samples().get(i).points()))
          .isEqualTo(bits(expected.samples().get(i).points()));
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  private static byte[] bits(History history) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      history.save(new DataOutputStream(out));
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("backendsAndRuns")
  void aTrainerGoesOnWithTheSameBits(BackendChoice choice, RunSpec run) throws IOException {
    RunPack pack = new RunPack(List.of(run));
    float[] latents = new float[run.latentDimension() * 50];
    Arrays.fill(latents, 0.5f);
    try (PackTrainer whole = choice.backend().start(pack)) {
      List<byte[]> states = new ArrayList<>();
      for (int step = 1; step < STEPS; step++) {
        whole.advance(1);
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        whole.save(0, new DataOutputStream(state));
        states.add(state.toByteArray());
      }
      whole.advance(1);
      for (int step : new int[] {1, 2, 5, 13, STEPS - 1}) {
        try (PackTrainer rest = choice.backend().start(pack)) {
          rest.load(0, new DataInputStream(new ByteArrayInputStream(states.get(step - 1))));
          rest.advance(STEPS - step);
          assertThat(bits(rest.generatorParameters(0)))
              .isEqualTo(bits(whole.generatorParameters(0)));
          assertThat(bits(rest.discriminatorParameters(0)))
              .isEqualTo(bits(whole.discriminatorParameters(0)));
          assertThat(bits(rest.history(0))).isEqualTo(bits(whole.history(0)));
          assertThat(bits(rest.sample(0, latents))).isEqualTo(bits(whole.sample(0, latents)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRunGoesOnFromEachOfItsStepsWithTheSameBits(BackendChoice choice) throws IOException {
    RunResult expected = undisturbed(choice, RUN).get(0);
    List<byte[]> checkpoints = checkpoints(choice, RUN);
    Instant before = Instant.now();
    for (byte[] checkpoint : checkpoints) {
      RunResult resumed = resume(choice, RUN, checkpoint);
      assertThat(resumed.startedAt()).isBefore(before);
      assertSameBits(resumed, expected);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void secondsOfTrainingAddUp(BackendChoice choice) throws IOException {
    RunPack pack = new RunPack(List.of(RUN));
    try (PackTrainer first = choice.backend().start(pack);
        PackTrainer second = choice.backend().start(pack)) {
      first.advance(5);
      ByteArrayOutputStream state = new ByteArrayOutputStream();
      first.save(0, new DataOutputStream(state));
      second.load(0, new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
      assertThat(second.trainSeconds(0)).isEqualTo(first.trainSeconds(0)).isPositive();
    }
  }

  @Test
  void aKilledRunGoesOnFromItsLastCheckpoint() throws IOException {
    MemoryCheckpoints store = new MemoryCheckpoints();
    RunSpec run = SmallRuns.spiral(200, 3);
    int[] polls = {0};
    assertThatThrownBy(
            () ->
                train(
                    VECTORS,
                    CheckpointPolicy.everySteps(33),
                    store,
                    () -> {
                      if (polls[0]++ == 30) {
                        throw new IllegalStateException("killed");
                      }
                      return false;
                    },
                    run))
        .hasMessage("killed");
    assertThat(store.steps()).isNotEmpty().startsWith(33, 66);
    int killedAfter = store.steps().get(store.steps().size() - 1);

    RunResult resumed =
        train(VECTORS, CheckpointPolicy.everySteps(33), store, () -> false, run).get(0);
    assertSameBits(resumed, undisturbed(VECTORS, run).get(0));
    assertThat(store.steps()).contains(killedAfter + 33).doesNotHaveDuplicates();
  }

  @Test
  void aCancelledRunIsSavedAndGoesOn() throws IOException {
    MemoryCheckpoints store = new MemoryCheckpoints();
    CheckpointPolicy policy = CheckpointPolicy.every(Duration.ofHours(1));
    int[] polls = {0};
    assertThatThrownBy(() -> train(VECTORS, policy, store, () -> polls[0]++ == 3, RUN))
        .isInstanceOf(CancellationException.class);
    assertThat(store.steps()).containsExactly(15);

    assertThatThrownBy(() -> train(VECTORS, policy, store, () -> true, RUN))
        .isInstanceOf(CancellationException.class);
    assertThat(store.steps()).containsExactly(15);

    RunResult resumed = train(VECTORS, policy, store, () -> false, RUN).get(0);
    assertSameBits(resumed, undisturbed(VECTORS, RUN).get(0));
  }

  @Test
  void withoutAPolicyNothingIsReadOrSaved() throws IOException {
    MemoryCheckpoints store = MemoryCheckpoints.of(RUN.id(), checkpoints(VECTORS, RUN).get(9));
    assertThatThrownBy(() -> train(VECTORS, CheckpointPolicy.NONE, store, () -> true, RUN))
        .isInstanceOf(CancellationException.class);
    Instant before = Instant.now();
    RunResult result = train(VECTORS, CheckpointPolicy.NONE, store, () -> false, RUN).get(0);
    assertThat(result.startedAt()).isAfterOrEqualTo(before);
    assertThat(store.written).isEmpty();
  }

  @Test
  void byStepsThereIsOneEverySoManySteps() throws IOException {
    MemoryCheckpoints store = new MemoryCheckpoints();
    train(VECTORS, CheckpointPolicy.everySteps(7), store, () -> false, RUN);
    assertThat(store.steps()).containsExactly(7, 14, 21);
    store.written.clear();
    store.last.clear();
    train(VECTORS, CheckpointPolicy.everySteps(STEPS), store, () -> false, RUN);
    assertThat(store.steps()).isEmpty(); // its samples follow at once
  }

  @Test
  void byTimeThereIsOneAtTheFirstLookAfterIt() throws IOException {
    MemoryCheckpoints store = new MemoryCheckpoints();
    AtomicLong nanos = new AtomicLong(-17);
    PackTraining.train(
        new RunPack(List.of(SmallRuns.spiral(40, 2))),
        VECTORS,
        CheckpointPolicy.every(Duration.ofSeconds(50)),
        store,
        nanos::get,
        () -> {
          nanos.addAndGet(Duration.ofSeconds(20).toNanos()); // at each look, here 5 steps apart
          return false;
        },
        result -> {});
    assertThat(store.steps()).containsExactly(15, 30);
  }

  static Stream<Arguments> uselessCheckpoints() throws IOException {
    byte[] good = checkpoints(VECTORS, RUN).get(11);
    byte[] otherFormat = good.clone();
    otherFormat[11]++;
    Stream.Builder<Arguments> useless = Stream.builder();
    for (int length : new int[] {0, 1, 8, 20, 60, good.length / 2, good.length - 1}) {
      useless.add(Arguments.of("cut to " + length, Arrays.copyOf(good, length)));
    }
    useless.add(Arguments.of("too long", Arrays.copyOf(good, good.length + 1)));
    for (int at = 0; at < good.length; at += good.length / 40) {
      byte[] flipped = good.clone();
      flipped[at] ^= 0x40;
      useless.add(Arguments.of("bit flipped in byte " + at, flipped));
    }
    RunSpec other = SmallRuns.spiral(STEPS, 2);
    useless.add(Arguments.of("other format", withChecksum(otherFormat)));
    useless.add(Arguments.of("other run", checkpoints(VECTORS, other).get(11)));
    useless.add(Arguments.of("other back end", checkpoints(REFERENCE, RUN).get(11)));
    useless.add(Arguments.of("other kernel", checkpoints(OPENBLAS, RUN).get(11)));
    return useless.build();
  }

  private static byte[] withChecksum(byte[] checkpoint) {
    CRC32C sum = new CRC32C();
    sum.update(checkpoint, 0, checkpoint.length - Long.BYTES);
    ByteBuffer.wrap(checkpoint).putLong(checkpoint.length - Long.BYTES, sum.getValue());
    return checkpoint;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uselessCheckpoints")
  void aUselessCheckpointIsIgnored(String what, byte[] checkpoint) {
    Instant before = Instant.now();
    RunResult result = resume(VECTORS, RUN, checkpoint);
    assertThat(result.startedAt()).isAfterOrEqualTo(before);
    assertSameBits(result, undisturbed(VECTORS, RUN).get(0));
  }

  @Test
  void aStoreThatFailsChangesNothing() {
    List<RunId> asked = new ArrayList<>();
    CheckpointStore failing =
        new CheckpointStore() {
          @Override
          public Optional<InputStream> read(RunId run) throws IOException {
            asked.add(run);
            throw new IOException("Cannot read: no disk");
          }

          @Override
          public void write(RunId run, Content content) throws IOException {
            asked.add(run);
            throw new IOException("Cannot write: no space");
          }
        };
    RunResult result =
        train(VECTORS, CheckpointPolicy.everySteps(7), failing, () -> false, RUN).get(0);
    assertSameBits(result, undisturbed(VECTORS, RUN).get(0));
    assertThat(asked).hasSize(1 + STEPS / 7);
  }

  /** Trains all runs of a pack in one program. */
  private record Together(Backend one) implements Backend {
    @Override
    public String name() {
      return "together";
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }

    @Override
    public int runsPerProgram() {
      return Integer.MAX_VALUE;
    }

    @Override
    public PackTrainer start(RunPack pack) {
      return one.start(pack);
    }
  }

  static Stream<Arguments> packs() {
    RunSpec[] diverging = {SmallRuns.spiral(60, 2), SmallRuns.spiral(60, 3, 1e20)};
    RunSpec[] failing =
        LongStream.range(0, 12)
            .mapToObj(
                seed ->
                    SmallRuns.run(
                        "throwing",
                        new NoiseLaw.Normal(),
                        1,
                        Activation.RELU,
                        Activation.LINEAR,
                        Loss.HINGE,
                        1e-3,
                        4,
                        32,
                        seed))
            .toArray(RunSpec[]::new);
    return Stream.of(
        Arguments.of(Outcome.DIVERGED, diverging, 59), Arguments.of(Outcome.FAILED, failing, 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packs")
  void runsOfOneProgramGoOnTogetherWithThoseThatStopped(Outcome stopped, RunSpec[] runs, int step)
      throws IOException {
    BackendChoice together = choice(new Together(new CpuBackend(CpuKernel.vectors())));
    List<RunResult> expected = undisturbed(together, runs);
    assertThat(expected).extracting(RunResult::outcome).contains(stopped, Outcome.COMPLETED);
    MemoryCheckpoints store = new MemoryCheckpoints();
    train(together, CheckpointPolicy.everySteps(step), store, () -> false, runs);
    assertThat(store.last).hasSize(runs.length);

    Instant before = Instant.now();
    List<RunResult> resumed =
        train(together, CheckpointPolicy.everySteps(step), store, () -> false, runs);
    for (int i = 0; i < runs.length; i++) {
      assertThat(resumed.get(i).startedAt()).isBefore(before);
      assertSameBits(resumed.get(i), expected.get(i));
    }

    store.last.remove(runs[1].id());
    assertStartsAnew(together, store, runs, expected);
  }

  @Test
  void runsOfOneProgramThatWereSavedAfterDifferentStepsStartAnew() throws IOException {
    BackendChoice together = choice(new Together(new CpuBackend(CpuKernel.vectors())));
    RunSpec[] runs = {RUN, SmallRuns.spiral(STEPS, 2)};
    MemoryCheckpoints store = new MemoryCheckpoints();
    train(together, CheckpointPolicy.everySteps(10), store, () -> false, runs);
    assertThat(store.steps()).containsExactly(10, 10, 20, 20);
    store.last.put(RUN.id(), store.written.get(0));
    assertStartsAnew(together, store, runs, undisturbed(together, runs));
  }

  private static void assertStartsAnew(
      BackendChoice choice, CheckpointStore store, RunSpec[] runs, List<RunResult> expected) {
    Instant before = Instant.now();
    List<RunResult> results =
        train(choice, CheckpointPolicy.everySteps(1_000), store, () -> false, runs);
    for (int i = 0; i < runs.length; i++) {
      assertThat(results.get(i).startedAt()).isAfterOrEqualTo(before);
      assertSameBits(results.get(i), expected.get(i));
    }
  }

  @Test
  void nothingIsSavedOfAProgramWhoseRunsAllStopped() throws IOException {
    RunSpec wild = SmallRuns.spiral(2_000, 3, 1e20);
    MemoryCheckpoints store = new MemoryCheckpoints();
    RunResult result =
        train(VECTORS, CheckpointPolicy.everySteps(1), store, () -> false, wild).get(0);
    assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
    assertThat(store.steps()).allMatch(step -> step < result.divergedAt().getAsInt());
    assertThat(result.history().size()).isEqualTo(result.divergedAt().getAsInt());
  }

  @Test
  void aPolicyIsOneNumberOrNone() {
    assertThat(CheckpointPolicy.NONE.isOn()).isFalse();
    assertThat(CheckpointPolicy.everySteps(0)).isEqualTo(CheckpointPolicy.NONE);
    assertThatThrownBy(() -> CheckpointPolicy.everySteps(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot keep checkpoints: ");
    assertThatThrownBy(() -> new CheckpointPolicy(1, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot keep checkpoints: ");
  }
}
