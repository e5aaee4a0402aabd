package org.latentsweep.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;

class CheckpointsTest {
  private static final RunPack PACK = TestRuns.pack("gaussian", 2, 1, 2);
  private static final RunId A = PACK.runs().get(0).id();
  private static final RunId B = PACK.runs().get(1).id();

  @TempDir private Path temp;
  private SweepFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = SweepFolder.create(temp.toString(), new Configuration());
  }

  private void write(RunId run, String text) throws IOException {
    folder.checkpoints().write(run, out -> out.write(text.getBytes(UTF_8)));
  }

  private static String text(Checkpoints checkpoints, RunId run) throws IOException {
    try (InputStream in = checkpoints.read(run).orElseThrow()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private Path file(RunId run) {
    return temp.resolve("_checkpoints").resolve(run + ".checkpoint");
  }

  @Test
  void theLastOneOfEachRunIsKept() throws IOException {
    assertThat(folder.checkpoints().read(A)).isEmpty();

    write(A, "first");
    write(A, "second");
    write(B, "other");

    assertThat(text(folder.checkpoints(), A)).isEqualTo("second");
    assertThat(text(folder.checkpoints(), B)).isEqualTo("other");
    assertThat(temp.resolve("_checkpoints").toFile().list()).hasSize(2);
    assertThat(temp.resolve("_temporary")).isEmptyDirectory();
  }

  @Test
  void oneInstanceReadsAndDeletesWhatItWrote() throws IOException {
    Checkpoints checkpoints = folder.checkpoints();
    assertThat(checkpoints.read(A)).isEmpty();
    checkpoints.write(A, out -> out.write('a'));
    assertThat(text(checkpoints, A)).isEqualTo("a");
    checkpoints.delete(List.of(A, B));
    assertThat(checkpoints.read(A)).isEmpty();
    assertThat(file(A)).doesNotExist();
  }

  @Test
  void whereWritingFailsTheLastOneStaysAndNothingElse() throws IOException {
    write(A, "good");
    assertThatThrownBy(
            () ->
                folder
                    .checkpoints()
                    .write(
                        A,
                        out -> {
                          out.write('b');
                          throw new IOException("no space");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot write " + file(A) + ": no space");
    assertThat(text(folder.checkpoints(), A)).isEqualTo("good");
    assertThat(temp.resolve("_temporary")).isEmptyDirectory();
  }

  @Test
  void cleaningUpKeepsThoseOfUnfinishedRunsAlone() throws IOException {
    RunId unfinished = TestRuns.spec("spiral", 2, 1).id();
    write(A, "a");
    write(unfinished, "u");
    Files.writeString(temp.resolve("_checkpoints/notes.txt"), "mine");
    TestRuns.commit(folder, PACK);

    folder.cleanUp();

    assertThat(temp.resolve("_checkpoints").toFile().list())
        .containsExactlyInAnyOrder(unfinished + ".checkpoint", "notes.txt");
  }

  @Test
  void theFolderIsOpenedAndReadAsWithoutThem() throws IOException {
    TestRuns.commit(folder, PACK);
    write(TestRuns.spec("spiral", 2, 1).id(), "u");

    SweepFolder again = SweepFolder.open(temp.toString(), new Configuration());

    assertThat(again.runs().all().keySet()).containsExactlyInAnyOrder(A, B);
    assertThat(again.runs().inventory().damaged()).isEmpty();
    assertThat(again.packsInFlight()).isZero();
    assertThat(SweepFolder.create(temp.toString(), new Configuration()).runs().all()).hasSize(2);
  }
}
