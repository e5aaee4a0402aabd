package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.table.Storage;

@SuppressWarnings("try") // the tests hold a lock without calling it
class FolderLockTest {
  private static final Consumer<String> IGNORE = reason -> {};
  private static final Duration LEASE = Duration.ofMillis(2500); // more than two heartbeats
  private static final LockOwner ELSEWHERE =
      new LockOwner("latentsweep run", "elsewhere", "another boot", 1, 0, "2026-01-02T03:04:05Z");

  @TempDir private Path temp;
  private org.apache.hadoop.fs.Path root;
  private Storage storage;
  private LockOwner self;

  @BeforeEach
  void open() throws IOException {
    root = new org.apache.hadoop.fs.Path(temp.toString());
    storage = new Storage(root, new Configuration());
    self = LockOwner.self("latentsweep run");
  }

  private FolderLock claim() throws IOException {
    return FolderLock.claim(storage, root, self, IGNORE, LEASE);
  }

  private Path file(String name) {
    return temp.resolve("_lock").resolve(name);
  }

  @Test
  void aSecondClaimIsRefusedUntilTheFirstIsReleased() throws IOException {
    try (FolderLock first = claim()) {
      assertThatThrownBy(this::claim)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "Cannot write to %s: latentsweep run has it, process %d on ",
              temp, ProcessHandle.current().pid())
          .hasMessageEndingWith("; wait for it, or stop it with latentsweep status --cancel");
    }
    assertThat(file("").toFile().list()).isEmpty();
    claim().close();
  }

  @Test
  void oneOfManySimultaneousClaimsSucceeds() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        List<Callable<FolderLock>> claims = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          claims.add(this::claim);
        }
        List<FolderLock> held = new ArrayList<>();
        for (Future<FolderLock> claim : threads.invokeAll(claims)) {
          try {
            held.add(claim.get());
          } catch (java.util.concurrent.ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(IllegalArgumentException.class);
          }
        }
        assertThat(held).hasSize(1);
        held.get(0).close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aClaimOfADeadProcessOfThisMachineIsTakenOverAtOnce() throws Exception {
    Process process = new ProcessBuilder("true").start();
    long started = process.toHandle().info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    process.waitFor();
    LockOwner dead =
        new LockOwner("latentsweep run", "here", self.machine(), process.pid(), started, "");
    write("7", dead.json());

    try (FolderLock lock =
        FolderLock.claim(
            storage, root, self, IGNORE, Duration.ofDays(1))) { // a wait would time out
      assertThat(file("").toFile().list()).containsExactly("8");
    }
  }

  @Test
  void aLaterProcessWithTheSameIdIsNotTheOwner() throws IOException {
    LockOwner before =
        new LockOwner("latentsweep run", "here", self.machine(), self.process(), 1, "");
    write("1", before.json());

    try (FolderLock lock = FolderLock.claim(storage, root, self, IGNORE, Duration.ofDays(1))) {
      assertHeldAlone("2");
    }
  }

  @Test
  void aClaimFromElsewhereWithoutHeartbeatsIsTakenOver() throws IOException {
    write("3", ELSEWHERE.json());
    // The clock of the other machine is ahead, which makes no difference.
    Files.setLastModifiedTime(file("3"), FileTime.from(Instant.now().plusSeconds(100_000)));
    try (FolderLock lock = claim()) {
      assertThat(file("").toFile().list()).containsExactly("4");
    }
  }

  @Test
  void anIncompleteClaimIsTakenOver() throws IOException {
    write("1", "");

    try (FolderLock lock = claim()) {
      assertHeldAlone("2");
    }
  }

  @Test
  void aClaimFromElsewhereWithHeartbeatsHolds() throws Exception {
    write("3", ELSEWHERE.json());
    FileTime past = FileTime.from(Instant.now().minusSeconds(100_000));
    Thread owner =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 100; i++) {
                  Files.setLastModifiedTime(file("3"), FileTime.fromMillis(past.toMillis() + i));
                  Thread.sleep(100);
                }
              } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    owner.start();
    try {
      assertThatThrownBy(this::claim)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "latentsweep run has it, process 1 on elsewhere, since 2026-01-02T03:04:05Z");
    } finally {
      owner.interrupt();
      owner.join();
    }
  }

  @Test
  void anOwnerRenewsItsClaim() throws Exception {
    try (FolderLock lock = claim()) {
      FileTime before = Files.getLastModifiedTime(file("1"));
      long start = System.nanoTime();
      while (Files.getLastModifiedTime(file("1")).equals(before)) {
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(30));
        Thread.sleep(50);
      }
    }
  }

  @Test
  void anOwnerLearnsThatAnotherHasTakenOver() throws Exception {
    BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
    try (FolderLock lock = FolderLock.claim(storage, root, self, reasons::add, LEASE)) {
      write("2", ELSEWHERE.json());
      assertThat(reasons.poll(30, TimeUnit.SECONDS))
          .isEqualTo("another latentsweep has taken over the output folder");
    }
    assertThat(file("").toFile().list()).containsExactly("2");
  }

  @Test
  void anOwnerIsAskedToStopOnce() throws Exception {
    BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
    FolderLock lock = FolderLock.claim(storage, root, self, reasons::add, LEASE);
    Thread owner = new Thread(() -> closeAfterSomeHeartbeats(lock, reasons));
    owner.start();

    assertThat(FolderLock.cancel(storage, root, self, Duration.ofMillis(1))).isFalse();
    assertThat(FolderLock.cancel(storage, root, self, Duration.ofMinutes(1))).isTrue();
    owner.join();
    assertThat(reasons).isEmpty();
    assertThat(file("").toFile().list()).isEmpty();
  }

  private static void closeAfterSomeHeartbeats(FolderLock lock, BlockingQueue<String> reasons) {
    try {
      assertThat(reasons.take()).isEqualTo("it was cancelled");
      Thread.sleep(3000);
      lock.close();
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFolderThatNoProcessHoldsCannotBeCancelled() throws IOException {
    claim().close();

    assertThatThrownBy(() -> FolderLock.cancel(storage, root, self, LEASE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot cancel: no latentsweep writes to " + temp);
  }

  /** Asserts that a claim of this process is the only one. */
  private void assertHeldAlone(String number) throws IOException {
    assertThat(file("").toFile().list()).containsExactly(number);
    assertThat(LockOwner.parse(Files.readString(file(number)))).isEqualTo(self);
    assertThatThrownBy(this::claim)
        .hasMessageContaining("latentsweep run has it, process " + self.process());
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(file(""));
    Files.writeString(file(name), text);
  }

  @Test
  void garbageAmongTheClaimsIsIgnored() throws IOException {
    Files.createDirectories(file("7"));
    for (String name :
        List.of("99999999999999999999", "0", "x", "5.tmp", "1234567890123", "\u0663")) {
      Files.writeString(file(name), "garbage");
    }
    try (FolderLock first = claim()) {
      assertThat(file("1")).exists();
    }
    assertThat(file("1")).doesNotExist();
  }

  @Test
  void theHighestClaimSaysHowToGoOn() throws IOException {
    Files.createDirectories(temp.resolve("_lock"));
    LockOwner ended = new LockOwner("latentsweep run", "here", self.machine(), 0, 1, "");
    Files.writeString(file("999999999999"), ended.json());
    assertThatThrownBy(this::claim)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("; delete " + file("999999999999"));
  }
}
