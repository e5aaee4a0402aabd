package org.latentsweep.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
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

  private void assertWritingFails() {
    assertThatThrownBy(
            () ->
                folder
                    .checkpoints()
                    .write(
                        A,
                        out -> {
                          out.write('h');
                          throw new IOException("no space");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot write " + file(A) + ": no space");
    assertThat(temp.resolve("_temporary")).isEmptyDirectory();
  }

  private static byte[] read(Checkpoints checkpoints, RunId run) throws IOException {
    try (InputStream in = checkpoints.read(run).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  /** Reads the checkpoint as another task does. */
  private void assertHolds(RunId run, String text) throws IOException {
    assertThat(read(folder.checkpoints(), run)).isEqualTo(text.getBytes(UTF_8));
  }

  private Path file(RunId run) {
    return temp.resolve("_checkpoints").resolve(run + ".checkpoint");
  }

  @Test
  void aRunHasNoCheckpointAtFirst() throws IOException {
    assertThat(folder.checkpoints().read(A)).isEmpty();
  }

  @Test
  void aCheckpointIsReadAsItWasWritten() throws IOException {
    byte[] content = new byte[1 << 20];
    new SplittableRandom(1).nextBytes(content);
    Checkpoints checkpoints = folder.checkpoints();
    checkpoints.write(A, out -> out.write(content));

    assertThat(read(checkpoints, A)).isEqualTo(content);
    assertThat(read(checkpoints, A)).isEqualTo(content);
    assertThat(read(folder.checkpoints(), A)).isEqualTo(content);
  }

  @Test
  void aCheckpointReplacesTheLastOneOfItsRun() throws IOException {
    write(A, "first, which is longer");
    write(A, "second");

    assertHolds(A, "second");
    assertThat(temp.resolve("_checkpoints").toFile().list()).hasSize(1);
    assertThat(temp.resolve("_temporary")).isEmptyDirectory();
  }

  @Test
  void everyRunHasItsOwnCheckpoint() throws IOException {
    write(A, "of a");
    write(B, "of b");

    assertHolds(A, "of a");
    assertHolds(B, "of b");
    assertThat(temp.resolve("_checkpoints").toFile().list()).hasSize(2);
  }

  @Test
  void theLastCheckpointStaysIfWritingFails() throws IOException {
    write(A, "good");
    assertWritingFails();

    assertHolds(A, "good");
  }

  @Test
  void thereIsNoCheckpointIfWritingTheFirstFails() throws IOException {
    assertWritingFails();

    assertThat(folder.checkpoints().read(A)).isEmpty();
  }

  @Test
  void aCheckpointCanBeWrittenAfterAFailure() throws IOException {
    assertWritingFails();
    write(A, "good");

    assertHolds(A, "good");
  }

  @Test
  void aDeletedCheckpointIsGone() throws IOException {
    Checkpoints checkpoints = folder.checkpoints();
    assertThat(checkpoints.read(A)).isEmpty();
    checkpoints.write(A, out -> out.write('a'));
    assertThat(read(checkpoints, A)).isEqualTo(new byte[] {'a'});

    checkpoints.delete(List.of(A, B));

    assertThat(checkpoints.read(A)).isEmpty();
    assertThat(file(A)).doesNotExist();
  }

  @Test
  void cleaningUpDeletesTheCheckpointsOfFinishedRuns() throws IOException {
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
  void checkpointsMakeNoDifferenceToReadersOfTheFolder() throws IOException {
    TestRuns.commit(folder, PACK);
    write(TestRuns.spec("spiral", 2, 1).id(), "u");

    SweepFolder again = SweepFolder.open(temp.toString(), new Configuration());

    assertThat(again.runs().all().keySet()).containsExactlyInAnyOrder(A, B);
    assertThat(again.runs().inventory().damaged()).isEmpty();
    assertThat(again.packsInFlight()).isZero();
    assertThat(SweepFolder.create(temp.toString(), new Configuration()).runs().all()).hasSize(2);
  }
}
