package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.run.RunPack;

class FolderCheckTest {
  private static final RunPack PACK = TestRuns.pack("gaussian", 2, 1, 2);
  private static final String NAME = "part-" + PACK.id() + ".parquet";

  @TempDir private Path temp;

  private SweepFolder create(Path path) throws IOException {
    return SweepFolder.create(path.toString(), new Configuration());
  }

  private void assertRefused(Path path, String problem) {
    assertThatThrownBy(() -> create(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use " + path + ": " + problem);
  }

  @Test
  void aFolderOfAnotherProgramIsLeftUnchanged() throws IOException {
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
  void aFileIsRefused() throws IOException {
    assertRefused(Files.writeString(temp.resolve("file"), ""), "it is a file");
  }

  @Test
  void aFolderBelowAFileCannotBeCreated() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");

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

  @Test
  void anEmptyFolderCannotBeOpened() {
    assertThatThrownBy(() -> SweepFolder.open(temp.toString(), new Configuration()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use " + temp + ": it holds no sweep: there is no _latentsweep.json");
  }

  @Test
  void anEmptyFolderCanBeCreated() throws IOException {
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
  void anEmptyFolderDoesNotExist() throws IOException {
    Configuration configuration = new Configuration();
    assertThat(SweepFolder.exists(temp.resolve("none").toString(), configuration)).isFalse();
    assertThat(SweepFolder.exists(temp.toString(), configuration)).isFalse();
  }

  @Test
  void aFileAndAFolderWithAFileExist() throws IOException {
    Configuration configuration = new Configuration();
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThat(SweepFolder.exists(file.toString(), configuration)).isTrue();
    assertThat(SweepFolder.exists(temp.toString(), configuration)).isTrue();
  }

  /**
   * Spoils the format, adds files that do not belong to the folder, and truncates one that does.
   */
  private String makeProblems() throws IOException {
    TestRuns.commit(create(temp), PACK);
    Files.writeString(temp.resolve("_latentsweep.json"), "{\"format\": 1}");
    Files.writeString(temp.resolve("history/notes.txt"), "mine");
    Files.copy(temp.resolve("runs").resolve(NAME), temp.resolve("samples").resolve(NAME));
    Path runs = temp.resolve("runs").resolve(NAME);
    byte[] bytes = Files.readAllBytes(runs);
    Files.write(runs, Arrays.copyOf(bytes, bytes.length / 2));
    return "its format is 1, and this latentsweep reads formats 2 to 3; no files of latentsweep:"
        + " history/notes.txt, samples/"
        + NAME;
  }

  @Test
  void aFolderToWriteMayHoldDamagedFiles() throws IOException {
    String problems = makeProblems();

    assertRefused(temp, problems);
  }

  @Test
  void allProblemsOfAFolderToReadAreListed() throws IOException {
    String problems = makeProblems();

    assertThatThrownBy(() -> SweepFolder.open(temp.toString(), new Configuration()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use %s: %s; damaged files, which run and analyze set aside: runs/%s",
            temp, problems, NAME);
  }

  @Test
  void aMarkerThatIsNotJsonIsRefused() throws IOException {
    create(temp);
    Files.writeString(temp.resolve("_latentsweep.json"), "{");
    assertRefused(
        temp, "_latentsweep.json is no JSON; if it was damaged, write {\"format\": 3} into it");
  }

  @Test
  void aMarkerWithoutAFormatIsRefused() throws IOException {
    create(temp);
    Files.writeString(temp.resolve("_latentsweep.json"), "{}");
    assertRefused(temp, "its format is not given, and this latentsweep reads formats 2 to 3");
  }
}
