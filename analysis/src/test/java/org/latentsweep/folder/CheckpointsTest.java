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
import org.latentsweep.training.CheckpointStore;
import org.latentsweep.training.CheckpointStoreContract;

class CheckpointsTest extends CheckpointStoreContract {
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

  private static byte[] read(Checkpoints checkpoints, RunId run) throws IOException {
    try (InputStream in = checkpoints.read(run).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  /** Returns a new object each time, which sees checkpoints as another task does. */
  @Override
  protected CheckpointStore store() {
    return folder.checkpoints();
  }

  private Path file(RunId run) {
    return temp.resolve("_checkpoints").resolve(run + ".checkpoint");
  }

  @Test
  void everyRunHasOneFile() throws IOException {
    write(A, "first");
    write(A, "second");
    write(B, "of b");

    assertThat(temp.resolve("_checkpoints").toFile().list()).hasSize(2);
    assertThat(temp.resolve("_temporary")).isEmptyDirectory();
  }

  @Test
  void aFailureNamesTheFileAndLeavesNothingTemporary() {
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

  @Test
  void whoWroteACheckpointCanReadIt() throws IOException {
    Checkpoints checkpoints = folder.checkpoints();
    checkpoints.write(A, out -> out.write('a'));

    assertThat(read(checkpoints, A)).isEqualTo(new byte[] {'a'});
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
