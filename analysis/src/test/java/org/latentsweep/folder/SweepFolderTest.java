package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.table.SummaryRow;
import org.latentsweep.table.Table;

class SweepFolderTest {
  private static final RunPack PACK = TestRuns.pack("gaussian", 2, 1, 2);
  private static final String NAME = "part-" + PACK.id() + ".parquet";

  @TempDir Path temp;

  private SweepFolder create(Path path) throws IOException {
    return SweepFolder.create(path.toString(), new Configuration());
  }

  private void assertRefused(Path path, String problem) {
    assertThatThrownBy(() -> create(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use " + path + ": " + problem);
  }

  @Test
  void aFolderCanBeCreatedAgainAndOpened() throws IOException {
    Path path = temp.resolve("a/b");
    TestRuns.commit(create(path), PACK);

    assertThat(create(path).runs().all()).hasSize(2);
    assertThat(SweepFolder.open(path.toString(), new Configuration()).runs().all()).hasSize(2);
    assertThat(path.resolve("_temporary")).isEmptyDirectory();
  }

  @Test
  void anEmptyFolderCanBeUsedButHoldsNoSweep() throws IOException {
    assertThatThrownBy(() -> SweepFolder.open(temp.toString(), new Configuration()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use " + temp + ": it holds no sweep: there is no _latentsweep.json");

    assertThat(create(temp).runs().all()).isEmpty();
  }

  @Test
  void aMissingFolderCannotBeOpened() {
    Path path = temp.resolve("none");

    assertThatThrownBy(() -> SweepFolder.open(path.toString(), new Configuration()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use " + path + ": there is no such folder");
    assertThat(path).doesNotExist();
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws IOException {
    for (int i = 1; i <= 7; i++) {
      Files.writeString(temp.resolve("thesis" + i + ".tex"), "");
    }

    assertRefused(
        temp,
        "it is something else's: there is no _latentsweep.json beside thesis1.tex, thesis2.tex,"
            + " thesis3.tex, thesis4.tex, thesis5.tex and 2 more");
    assertThat(temp.resolve("runs")).doesNotExist();
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertRefused(file, "it is a file");
    assertThatThrownBy(() -> create(file.resolve("below")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot create folder " + file.resolve("below"));
  }

  @Test
  void aPathThatSparkTakesForAPatternIsRefused() {
    assertRefused(
        temp.resolve("a[1]"),
        "its path holds one of { } [ ] * ? \\ ; which Spark SQL takes for a pattern");
  }

  /** Stands for an object store: a local folder by another scheme, whose rename copies. */
  public static final class CopyingFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("copying:///");
    }

    @Override
    public String getScheme() {
      return "copying";
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      return FileUtil.copy(this, from, this, to, true, getConf());
    }
  }

  private static Configuration withCopyingFileSystem() {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.copying.impl", CopyingFileSystem.class, FileSystem.class);
    return configuration;
  }

  @Test
  void whatMayNotRenameAtomicallyIsReadAndNotWritten() throws IOException {
    Configuration configuration = withCopyingFileSystem();
    String path = "copying://" + temp.resolve("a");
    assertThatThrownBy(() -> SweepFolder.create(path, configuration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot write to copying:%s: rows are committed by renaming files, which copying is"
                + " not known to do atomically (an object store copies), so that a crash could"
                + " lose or half-show runs; write to HDFS or a shared disk, and copy the finished"
                + " folder, or, where its rename is atomic, set"
                + " spark.hadoop.latentsweep.atomic-rename=copying",
            temp.resolve("a"));
    assertThat(temp).isEmptyDirectory();

    TestRuns.commit(create(temp.resolve("a")), PACK);
    SweepFolder copied = SweepFolder.open(path, configuration);
    assertThat(copied.runs().all()).hasSize(2);
    assertThatThrownBy(copied::requireAtomicRename).hasMessageStartingWith("Cannot write to ");

    configuration.set("latentsweep.atomic-rename", "other, copying");
    SweepFolder.open(path, configuration).requireAtomicRename();
  }

  @Test
  void anEmptyFolderCountsAsNothing() throws IOException {
    Configuration configuration = new Configuration();
    assertThat(SweepFolder.exists(temp.resolve("none").toString(), configuration)).isFalse();
    assertThat(SweepFolder.exists(temp.toString(), configuration)).isFalse();

    Path file = Files.writeString(temp.resolve("file"), "");
    assertThat(SweepFolder.exists(file.toString(), configuration)).isTrue();
    assertThat(SweepFolder.exists(temp.toString(), configuration)).isTrue();
  }

  @Test
  void plannedRunsAddUp() throws IOException {
    SweepFolder folder = create(temp);
    RunId a = PACK.runs().get(0).id();
    RunId b = PACK.runs().get(1).id();
    assertThat(folder.planned().all()).isEmpty();

    folder.planned().add(List.of(a));
    folder.planned().add(List.of(a, b));

    assertThat(create(temp).planned().all()).containsExactlyInAnyOrder(a, b);
  }

  @Test
  void packsInFlightAreThoseNeitherCommittedNorAborted() throws IOException {
    SweepFolder folder = create(temp);
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(PACK.runs().get(0)));
      assertThat(folder.packsInFlight()).isEqualTo(1);
    }
    assertThat(folder.packsInFlight()).isZero();
  }

  @Test
  void everyProblemIsNamedAtOnce() throws IOException {
    TestRuns.commit(create(temp), PACK);
    Files.writeString(temp.resolve("_latentsweep.json"), "{\"format\": 1}");
    Files.writeString(temp.resolve("history/notes.txt"), "mine");
    Files.copy(temp.resolve("runs").resolve(NAME), temp.resolve("samples").resolve(NAME));
    Path runs = temp.resolve("runs").resolve(NAME);
    byte[] bytes = Files.readAllBytes(runs);
    Files.write(runs, Arrays.copyOf(bytes, bytes.length / 2));

    String problems =
        "its format is 1, and this latentsweep reads formats 2 to 3; no files of latentsweep:"
            + " history/notes.txt, samples/"
            + NAME;
    assertRefused(temp, problems);
    assertThatThrownBy(() -> SweepFolder.open(temp.toString(), new Configuration()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use %s: %s; damaged files, which run and analyze set aside: runs/%s",
            temp, problems, NAME);
  }

  @Test
  void theMarkerMustBeReadable() throws IOException {
    create(temp);
    Files.writeString(temp.resolve("_latentsweep.json"), "{");
    assertRefused(temp, "_latentsweep.json is no JSON");

    Files.writeString(temp.resolve("_latentsweep.json"), "{}");
    assertRefused(temp, "its format is not given, and this latentsweep reads formats 2 to 3");
  }

  @Test
  void damageInsideFilesIsNamedPerFile() throws IOException {
    SweepFolder folder = create(temp);
    RunPack other = TestRuns.pack("gaussian", 3, 1, 2);
    TestRuns.commit(folder, PACK);
    TestRuns.commit(folder, other);
    for (RunPack pack : new RunPack[] {PACK, other}) {
      Path file = temp.resolve("runs/part-" + pack.id() + ".parquet");
      byte[] bytes = Files.readAllBytes(file);
      Arrays.fill(bytes, 4, bytes.length - 8, (byte) 0x55);
      Files.write(file, bytes);
    }

    // The rest of each message is Parquet's own.
    assertThatThrownBy(folder.runs()::all)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot read " + temp.resolve("runs").resolve(NAME) + ": ")
        .hasMessageContaining(
            "Cannot read " + temp.resolve("runs/part-" + other.id() + ".parquet") + ": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncated", "empty", "noise", "noise between sound ends"})
  void damagedFilesAreSetAsideWithTheirRuns(String damage) throws IOException {
    SweepFolder folder = create(temp);
    RunPack lostRuns = TestRuns.pack("gaussian", 3, 1, 2);
    RunPack lostSamples = TestRuns.pack("spiral", 2, 3, 5);
    for (RunPack pack : List.of(PACK, lostRuns, lostSamples)) {
      TestRuns.commit(folder, pack);
    }
    String runs = "runs/part-" + lostRuns.id() + ".parquet";
    String samples = "samples/target=spiral/latent_dim=2/part-" + lostSamples.id() + ".parquet";
    damage(temp.resolve(runs), damage);
    boolean found = !damage.equals("noise between sound ends"); // which shows when it is read
    if (found) {
      damage(temp.resolve(samples), damage);
    }
    Set<RunId> whole = PACK.runs().stream().map(RunSpec::id).collect(Collectors.toSet());
    if (!found) {
      lostSamples.runs().forEach(run -> whole.add(run.id()));
    }

    Inventory inventory = folder.runs().inventory();
    assertThat(inventory.damaged()).isEqualTo(found ? List.of(runs, samples) : List.of(runs));
    assertThat(inventory.runs().keySet()).isEqualTo(whole);

    assertThat(folder.damaged().setAside()).isEqualTo(inventory.damaged());
    assertThat(folder.runs().all().keySet()).isEqualTo(whole);
    assertThat(SweepFolder.open(temp.toString(), new Configuration()).runs().inventory().damaged())
        .isEmpty();
    Path aside = temp.resolve("_damaged").resolve(temp.resolve("_damaged").toFile().list()[0]);
    inventory.damaged().forEach(name -> assertThat(aside.resolve(name)).exists());
    assertThat(folder.damaged().setAside()).isEmpty();

    folder.cleanUp();
    TestRuns.commit(folder, lostRuns);
    if (found) {
      TestRuns.commit(folder, lostSamples);
    }
    assertThat(folder.runs().all()).hasSize(7);
  }

  private static void damage(Path file, String how) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] noise = new byte[bytes.length];
    new Random(1).nextBytes(noise);
    switch (how) {
      case "truncated" -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      case "empty" -> Files.write(file, new byte[0]);
      case "noise" -> Files.write(file, noise);
      default -> {
        System.arraycopy(bytes, 0, noise, 0, 4);
        System.arraycopy(bytes, bytes.length - 8, noise, bytes.length - 8, 8);
        Files.write(file, noise);
      }
    }
  }

  @Test
  void columnsAreChecked() throws IOException {
    SweepFolder folder = create(temp);
    Files.copy(
        temp.resolve("history/_common_metadata"),
        temp.resolve("runs/part-0123456789abcdef.parquet"));

    assertThatThrownBy(folder.runs()::all)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot read %s: it has no column sweep",
            temp.resolve("runs/part-0123456789abcdef.parquet"));
  }

  @Test
  void rowsMustFitTheSchema() throws IOException {
    SweepFolder folder = create(temp);
    SummaryRow row =
        new SummaryRow(
            null, 1, "hash", null, 0, 0, 0, null, null, null, null, null, null, null, "");
    assertThatThrownBy(() -> folder.acrossSeeds().replace(Table.SUMMARY, "state", List.of(row)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write a SummaryRow: target is null");
    assertThat(temp.resolve("_temporary")).isEmptyDirectory();
  }

  @Test
  void aFolderKeepsItsSettingsWhereItIsSent() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set("fs.example.key", "value");
    SweepFolder folder = SweepFolder.create(temp.toString(), configuration);

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(folder);
    }
    assertThat(bytes.size()).isLessThan(2000);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      SweepFolder sent = (SweepFolder) in.readObject();
      assertThat(sent.path()).isEqualTo(folder.path());
      assertThat(sent.files().storage().configuration().get("fs.example.key")).isEqualTo("value");
    }
  }
}
