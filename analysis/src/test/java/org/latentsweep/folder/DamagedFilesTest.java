package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;

class DamagedFilesTest {
  private static final RunPack SOUND = TestRuns.pack("gaussian", 2, 1, 2);
  private static final RunPack OF_RUNS = TestRuns.pack("gaussian", 3, 1, 2);
  private static final RunPack OF_SAMPLES = TestRuns.pack("spiral", 2, 3, 5);
  private static final String RUNS = "runs/part-" + OF_RUNS.id() + ".parquet";
  private static final String SAMPLES =
      "samples/target=spiral/latent_dim=2/part-" + OF_SAMPLES.id() + ".parquet";

  @TempDir private Path temp;
  private SweepFolder folder;

  @BeforeEach
  void commit() throws IOException {
    folder = SweepFolder.create(temp.toString(), new Configuration());
    for (RunPack pack : List.of(SOUND, OF_RUNS, OF_SAMPLES)) {
      TestRuns.commit(folder, pack);
    }
  }

  private static Set<RunId> ids(RunPack... packs) {
    return Arrays.stream(packs)
        .flatMap(pack -> pack.runs().stream())
        .map(RunSpec::id)
        .collect(Collectors.toSet());
  }

  /** The ways in which the end of a file is lost. */
  private enum Damage {
    TRUNCATED,
    EMPTY,
    NOISE
  }

  private void damage(String name, Damage how) throws IOException {
    Path file = temp.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    switch (how) {
      case TRUNCATED -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      case EMPTY -> Files.write(file, new byte[0]);
      default -> Files.write(file, noise(bytes.length));
    }
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(1).nextBytes(noise);
    return noise;
  }

  @ParameterizedTest
  @ValueSource(strings = {"history/", "generators/", "samples/target=spiral/latent_dim=2/"})
  void aMissingFileIsDamage(String table) throws IOException {
    String file = table + "part-" + OF_SAMPLES.id() + ".parquet";
    Files.delete(temp.resolve(file));

    Inventory inventory = folder.runs().inventory();
    assertThat(inventory.damaged()).containsExactly(file);
    assertThat(inventory.runs().keySet()).isEqualTo(ids(SOUND, OF_RUNS));
    assertThat(folder.damaged().setAside()).containsExactly(file);
    assertThat(folder.runs().all().keySet()).isEqualTo(ids(SOUND, OF_RUNS));
    assertThat(folder.runs().inventory().damaged()).isEmpty();
  }

  /** Fills a file with noise, except for its first and last bytes, so that its end looks sound. */
  private void damageInside(String name) throws IOException {
    Path file = temp.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    byte[] noise = noise(bytes.length);
    System.arraycopy(bytes, 0, noise, 0, 4);
    System.arraycopy(bytes, bytes.length - 8, noise, bytes.length - 8, 8);
    Files.write(file, noise);
  }

  @ParameterizedTest
  @EnumSource
  void runsWithRowsInDamagedFilesDoNotExist(Damage how) throws IOException {
    damage(RUNS, how);
    damage(SAMPLES, how);

    Inventory inventory = folder.runs().inventory();

    assertThat(inventory.damaged()).containsExactly(RUNS, SAMPLES);
    assertThat(inventory.runs().keySet()).isEqualTo(ids(SOUND));
  }

  @Test
  void aFileOfRunsThatIsDamagedInsideIsFoundWhenItIsRead() throws IOException {
    damageInside(RUNS);

    Inventory inventory = folder.runs().inventory();

    assertThat(inventory.damaged()).containsExactly(RUNS);
    assertThat(inventory.runs().keySet()).isEqualTo(ids(SOUND, OF_SAMPLES));
  }

  @ParameterizedTest
  @EnumSource
  void damagedFilesAreSetAsideWithTheirRuns(Damage how) throws IOException {
    damage(RUNS, how);
    damage(SAMPLES, how);

    assertThat(folder.damaged().setAside()).containsExactly(RUNS, SAMPLES);

    assertThat(folder.runs().all().keySet()).isEqualTo(ids(SOUND));
    assertNothingDamagedIsLeft(RUNS, SAMPLES);
  }

  @Test
  void aFileThatIsDamagedInsideIsSetAside() throws IOException {
    damageInside(RUNS);

    assertThat(folder.damaged().setAside()).containsExactly(RUNS);

    assertThat(folder.runs().all().keySet()).isEqualTo(ids(SOUND, OF_SAMPLES));
    assertNothingDamagedIsLeft(RUNS);
  }

  private void assertNothingDamagedIsLeft(String... setAside) throws IOException {
    assertThat(SweepFolder.open(temp.toString(), new Configuration()).runs().inventory().damaged())
        .isEmpty();
    Path aside = temp.resolve("_damaged").resolve(temp.resolve("_damaged").toFile().list()[0]);
    assertThat(setAside).allSatisfy(name -> assertThat(aside.resolve(name)).exists());
    assertThat(folder.damaged().setAside()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void runsThatWereSetAsideCanBeCommittedAgain(Damage how) throws IOException {
    damage(RUNS, how);
    damage(SAMPLES, how);
    folder.damaged().setAside();

    folder.cleanUp();
    TestRuns.commit(folder, OF_RUNS);
    TestRuns.commit(folder, OF_SAMPLES);

    assertThat(folder.runs().all()).hasSize(7);
  }

  @Test
  void runsOfAFileThatWasDamagedInsideCanBeCommittedAgain() throws IOException {
    damageInside(RUNS);
    folder.damaged().setAside();

    folder.cleanUp();
    TestRuns.commit(folder, OF_RUNS);

    assertThat(folder.runs().all()).hasSize(7);
  }
}
