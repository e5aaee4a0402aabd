package org.latentsweep.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.latentsweep.run.RunId;

/**
 * The contract of {@link CheckpointStore}, which each implementation's test extends. It stands in a
 * source folder of its own, which the tests of {@code worker} and of {@code analysis} compile.
 */
public abstract class CheckpointStoreContract {
  private static final RunId A = RunId.of("a");
  private static final RunId B = RunId.of("b");

  /**
   * Returns the store under test: it is empty at first, and all calls of a test see its content.
   */
  protected abstract CheckpointStore store();

  private void write(RunId run, String content) throws IOException {
    store().write(run, out -> out.write(content.getBytes(UTF_8)));
  }

  private void writeHalf(RunId run) throws IOException {
    store()
        .write(
            run,
            out -> {
              out.write('h');
              throw new IOException("no space");
            });
  }

  private Optional<byte[]> read(RunId run) throws IOException {
    Optional<InputStream> checkpoint = store().read(run);
    if (checkpoint.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = checkpoint.get()) {
      return Optional.of(in.readAllBytes());
    }
  }

  private void assertHolds(RunId run, String content) throws IOException {
    assertThat(read(run)).hasValue(content.getBytes(UTF_8));
  }

  @Test
  void aRunHasNoCheckpointAtFirst() throws IOException {
    assertThat(read(A)).isEmpty();
  }

  @Test
  void aCheckpointIsReadAsItWasWritten() throws IOException {
    byte[] content = new byte[1 << 20];
    new SplittableRandom(1).nextBytes(content);
    store().write(A, out -> out.write(content));
    assertThat(read(A)).hasValue(content);
    assertThat(read(A)).hasValue(content);
  }

  @Test
  void aCheckpointReplacesTheLastOneOfItsRun() throws IOException {
    write(A, "first, which is longer");
    write(A, "second");
    assertHolds(A, "second");
  }

  @Test
  void everyRunHasItsOwnCheckpoint() throws IOException {
    write(A, "of a");
    write(B, "of b");
    assertHolds(A, "of a");
    assertHolds(B, "of b");
  }

  @Test
  void theLastCheckpointStaysIfWritingFails() throws IOException {
    write(A, "good");
    assertThatThrownBy(() -> writeHalf(A))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("no space");
    assertHolds(A, "good");
  }

  @Test
  void thereIsNoCheckpointIfWritingTheFirstFails() throws IOException {
    assertThatThrownBy(() -> writeHalf(A))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("no space");
    assertThat(read(A)).isEmpty();
  }

  @Test
  void aCheckpointCanBeWrittenAfterAFailure() throws IOException {
    assertThatThrownBy(() -> writeHalf(A)).isInstanceOf(IOException.class);
    write(A, "good");
    assertHolds(A, "good");
  }
}
