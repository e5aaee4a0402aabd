package org.latentsweep.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.target.NoiseLaw;

class RunSpecTest {
  private static final NoiseLaw NORMAL = new NoiseLaw.Normal();
  private static final MlpSpec G =
      new MlpSpec(List.of(256, 256, 256), Activation.RELU, Activation.LINEAR);
  private static final MlpSpec D =
      new MlpSpec(List.of(128, 128, 128, 128, 128), Activation.leakyRelu(0.01), Activation.LINEAR);
  private static final AdamSpec GA = new AdamSpec(2e-4, 0.5, 0.999, 1e-7);
  private static final AdamSpec DA = new AdamSpec(1e-3, 0.5, 0.999, 1e-7);
  private static final SampleSchedule S = new SampleSchedule(50, 5_000, 100_000);

  private static RunSpec spec(String target, NoiseLaw noise, int k, long seed) {
    return new RunSpec(target, noise, k, G, D, Loss.NON_SATURATING, GA, DA, 30_000, 512, S, seed);
  }

  private static final RunSpec SPEC = spec("eight-gaussians", NORMAL, 2, 1);

  /** Finished runs are found by their id, so it must not change by accident. */
  @Test
  void idAndConfigurationAreStable() {
    assertThat(SPEC.config())
        .isEqualTo(
            "{\"format\":1,\"target\":\"eight-gaussians\",\"noise\":\"normal\",\"latent_dim\":2,"
                + "\"generator\":{\"widths\":[256,256,256],\"activation\":\"relu\","
                + "\"output\":\"linear\",\"learning_rate\":2.0E-4,\"beta1\":0.5,\"beta2\":0.999,"
                + "\"epsilon\":1.0E-7},\"discriminator\":{\"widths\":[128,128,128,128,128],"
                + "\"activation\":\"leaky-relu(0.01)\",\"output\":\"linear\","
                + "\"learning_rate\":0.001,\"beta1\":0.5,\"beta2\":0.999,\"epsilon\":1.0E-7},"
                + "\"loss\":\"non-saturating\",\"steps\":30000,\"batch\":512,"
                + "\"snapshot_every\":50,\"snapshot_samples\":5000,\"samples\":100000,\"seed\":1}");
    assertThat(SPEC.id()).hasToString("e82cbfa021dfcb5a");
    assertThat(SPEC.configHash()).isEqualTo("75851bebdf99c869");
  }

  @Test
  void everythingThatDeterminesTheResultChangesTheId() {
    Loss loss = Loss.NON_SATURATING;
    MlpSpec g2 = new MlpSpec(List.of(256, 256), Activation.RELU, Activation.LINEAR);
    MlpSpec g3 = new MlpSpec(List.of(256, 256, 256), Activation.TANH, Activation.LINEAR);
    MlpSpec g4 = new MlpSpec(List.of(256, 256, 256), Activation.RELU, Activation.TANH);
    AdamSpec a2 = new AdamSpec(2e-4, 0.9, 0.999, 1e-7);
    AdamSpec a3 = new AdamSpec(3e-4, 0.5, 0.999, 1e-7);
    String t = "eight-gaussians";
    List<RunSpec> others =
        List.of(
            SPEC,
            spec("spiral", NORMAL, 2, 1),
            spec(t, new NoiseLaw.Uniform(0, 1), 2, 1),
            spec(t, NORMAL, 3, 1),
            spec(t, NORMAL, 2, 2),
            new RunSpec(t, NORMAL, 2, g2, D, loss, GA, DA, 30_000, 512, S, 1),
            new RunSpec(t, NORMAL, 2, g3, D, loss, GA, DA, 30_000, 512, S, 1),
            new RunSpec(t, NORMAL, 2, g4, D, loss, GA, DA, 30_000, 512, S, 1),
            new RunSpec(t, NORMAL, 2, G, g2, loss, GA, DA, 30_000, 512, S, 1),
            new RunSpec(t, NORMAL, 2, G, D, Loss.HINGE, GA, DA, 30_000, 512, S, 1),
            new RunSpec(t, NORMAL, 2, G, D, loss, a2, DA, 30_000, 512, S, 1),
            new RunSpec(t, NORMAL, 2, G, D, loss, a3, DA, 30_000, 512, S, 1),
            new RunSpec(t, NORMAL, 2, G, D, loss, GA, a2, 30_000, 512, S, 1),
            new RunSpec(t, NORMAL, 2, G, D, loss, GA, DA, 29_999, 512, S, 1),
            new RunSpec(t, NORMAL, 2, G, D, loss, GA, DA, 30_000, 256, S, 1),
            new RunSpec(
                t, NORMAL, 2, G, D, loss, GA, DA, 30_000, 512, new SampleSchedule(0, 0, 9), 1));
    Set<String> ids = new HashSet<>();
    others.forEach(spec -> ids.add(spec.id().hex()));
    assertThat(ids).hasSameSizeAs(others);
  }

  @Test
  void theHashOfTheConfigurationDoesNotDependOnTheSeed() {
    assertThat(spec("spiral", NORMAL, 2, 1).configHash())
        .isEqualTo(spec("spiral", NORMAL, 2, 77).configHash())
        .isNotEqualTo(spec("spiral", NORMAL, 3, 1).configHash());
  }

  @Test
  void itSurvivesJavaSerialisation() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new RunPack(List.of(SPEC)));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(new RunPack(List.of(SPEC)));
    }
  }

  @Test
  void aLatentDimensionOf0IsRejected() {
    assertThatThrownBy(() -> spec("spiral", NORMAL, 0, 1))
        .hasMessage("Cannot make a run: latent-dim must be >= 1 for normal noise, found 0");
  }

  @Test
  void aLatentDimensionTooSmallForTheNoiseIsRejected() {
    assertThatThrownBy(() -> spec("spiral", new NoiseLaw.NormalOneHot(8), 7, 1))
        .hasMessage(
            "Cannot make a run: latent-dim must be >= 8 for normal+one-hot(8) noise, found 7");
  }

  @Test
  void aNegativeNumberOfStepsIsRejected() {
    assertThatThrownBy(
            () -> new RunSpec("spiral", NORMAL, 2, G, D, Loss.HINGE, GA, DA, -3, 512, S, 1))
        .hasMessage("Cannot make a run: steps must be >= 1, found -3");
  }

  @Test
  void anOddBatchIsRejected() {
    assertThatThrownBy(
            () -> new RunSpec("spiral", NORMAL, 2, G, D, Loss.HINGE, GA, DA, 3, 511, S, 1))
        .hasMessage("Cannot make a run: batch must be even and >= 2, found 511");
  }

  @Test
  void snapshotsWithoutSamplesAreRejected() {
    assertThatThrownBy(() -> new SampleSchedule(50, 0, 10))
        .hasMessage(
            "Cannot make a schedule: snapshots need every >= 1 and samples >= 1, or neither, found"
                + " every = 50, samples = 0");
  }

  @Test
  void theScheduleEndsWithTheLastStep() {
    SampleSchedule schedule = new SampleSchedule(50, 10, 99);
    assertThat(schedule.steps(150)).containsExactly(50, 100, 150);
    assertThat(schedule.steps(151)).containsExactly(50, 100, 150, 151);
    assertThat(schedule.steps(20)).containsExactly(20);
  }

  @Test
  void aScheduleWithoutSnapshotsHasOnlyTheLastStep() {
    assertThat(new SampleSchedule(0, 0, 5).steps(7)).containsExactly(7);
  }

  @Test
  void theLastStepAndTheSnapshotsHaveTheirOwnNumbersOfSamples() {
    SampleSchedule schedule = new SampleSchedule(50, 10, 99);
    assertThat(schedule.samplesAt(150, 150)).isEqualTo(99);
    assertThat(schedule.samplesAt(100, 150)).isEqualTo(10);
  }

  @Test
  void theIdOfAPackDependsOnItsRunsAndTheirOrder() {
    RunSpec seed2 = spec("eight-gaussians", NORMAL, 2, 2);
    RunPack pack = new RunPack(List.of(SPEC, seed2));
    assertThat(pack.id())
        .isEqualTo(new RunPack(List.of(SPEC, seed2)).id())
        .isNotEqualTo(new RunPack(List.of(seed2, SPEC)).id())
        .isNotEqualTo(new RunPack(List.of(SPEC)).id());
  }

  @Test
  void aPackOfRunsThatDifferInTheirLatentDimensionIsRejected() {
    assertThatThrownBy(() -> new RunPack(List.of(SPEC, spec("eight-gaussians", NORMAL, 3, 1))))
        .hasMessage(
            "Cannot make a pack: its runs differ in target, latent dimension, steps or samples");
  }
}
