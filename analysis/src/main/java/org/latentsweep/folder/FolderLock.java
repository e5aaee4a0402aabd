package org.latentsweep.folder;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.table.ErrorText;
import org.latentsweep.table.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to an output folder, which one process has at a time: a lease (Gray and
 * Cheriton 1989) without a common clock.
 *
 * <p>A claim is a file {@code _lock/N}, made by an operation in which one of several succeeds; the
 * highest N holds the folder. Its owner changes the file's modification time with every beat. Who
 * else wants the folder watches whether that time changes, and takes N + 1 if it has not for
 * {@value #LEASE_SECONDS} seconds: no two clocks are compared. Of a process on the same machine it
 * is known whether it lives, and a dead one is not waited for. An owner that finds a higher number,
 * or its file gone, has lost the folder; one that finds {@code N.cancel} was asked to stop.
 */
public final class FolderLock implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

  static final String FOLDER = "_lock";
  static final int LEASE_SECONDS = 30;

  private static final Duration LEASE = Duration.ofSeconds(LEASE_SECONDS);
  private static final long BEAT_MILLIS = 1000;
  private static final String CANCEL = ".cancel";

  private final Storage storage;
  private final Path folder;
  private final long number;
  private final Consumer<String> stop;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(FolderLock::daemon);
  private long beats;
  private boolean stopped;

  private FolderLock(Storage storage, Path folder, long number, Consumer<String> stop) {
    this.storage = storage;
    this.folder = folder;
    this.number = number;
    this.stop = stop;
    this.beats = System.currentTimeMillis();
  }

  /**
   * Claims a folder.
   *
   * @param stop called at most once, by a thread of the lock's own, with the reason why the owner
   *     has to stop
   * @throws IllegalArgumentException if another process has it, saying which
   * @throws IOException if the file system fails
   */
  static FolderLock claim(Storage storage, Path root, LockOwner self, Consumer<String> stop)
      throws IOException {
    return claim(storage, root, self, stop, LEASE);
  }

  static FolderLock claim(
      Storage storage, Path root, LockOwner self, Consumer<String> stop, Duration lease)
      throws IOException {
    Path folder = new Path(root, FOLDER);
    storage.createFolder(folder);
    while (true) {
      OptionalLong holder = highest(storage, folder);
      if (holder.isPresent() && lives(storage, folder, holder.getAsLong(), self, lease)) {
        throw new IllegalArgumentException(
            "Cannot write to %s: %s; wait for it, or stop it with latentsweep status --cancel"
                .formatted(ErrorText.path(root), owner(storage, folder, holder.getAsLong())));
      }
      long next = holder.orElse(0) + 1;
      if (storage.createNew(file(folder, next), self.json())) {
        FolderLock lock = new FolderLock(storage, folder, next, stop);
        lock.deleteUpTo(next - 1);
        lock.heart.scheduleWithFixedDelay(
            lock::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        return lock;
      }
    }
  }

  /**
   * Asks the process that has a folder to stop, and waits until it has let go.
   *
   * @param patience how long
   * @return whether it has
   * @throws IllegalArgumentException if no process has the folder
   */
  static boolean cancel(Storage storage, Path root, LockOwner self, Duration patience)
      throws IOException {
    Path folder = new Path(root, FOLDER);
    OptionalLong holder = highest(storage, folder);
    if (holder.isEmpty() || !lives(storage, folder, holder.getAsLong(), self, LEASE)) {
      throw new IllegalArgumentException(
          "Cannot cancel: no latentsweep writes to " + ErrorText.path(root));
    }
    Path file = file(folder, holder.getAsLong());
    storage.createNew(file.suffix(CANCEL), "");
    long start = System.nanoTime();
    while (storage.exists(file)) {
      if (System.nanoTime() - start > patience.toNanos()) {
        return false;
      }
      sleep(BEAT_MILLIS / 10);
    }
    return true;
  }

  private static OptionalLong highest(Storage storage, Path folder) throws IOException {
    return storage.list(folder).stream()
        .map(status -> status.getPath().getName())
        .filter(name -> name.matches("\\d+"))
        .mapToLong(Long::parseLong)
        .max();
  }

  private static Path file(Path folder, long number) {
    return new Path(folder, Long.toString(number));
  }

  /** Whether the owner of a claim still has it; may take as long as a lease. */
  private static boolean lives(
      Storage storage, Path folder, long number, LockOwner self, Duration lease)
      throws IOException {
    Path file = file(folder, number);
    try {
      LockOwner owner = LockOwner.parse(storage.readText(file));
      if (owner.isOnMachineOf(self)) {
        return owner.lives();
      }
      long seen = storage.status(file).getModificationTime();
      long start = System.nanoTime();
      LOG.warn("Waiting up to {} s to see whether it lives: {}", lease.toSeconds(), owner);
      while (System.nanoTime() - start < lease.toNanos()) {
        sleep(Math.min(BEAT_MILLIS, lease.toMillis()) / 2);
        if (storage.status(file).getModificationTime() != seen) {
          return true;
        }
      }
      return false;
    } catch (FileNotFoundException e) { // it has let go
      return false;
    }
  }

  private static LockOwner owner(Storage storage, Path folder, long number) throws IOException {
    try {
      return LockOwner.parse(storage.readText(file(folder, number)));
    } catch (FileNotFoundException e) { // it has let go just now
      return LockOwner.UNKNOWN;
    }
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a lock");
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "latentsweep-lock");
    thread.setDaemon(true);
    return thread;
  }

  private void beat() {
    try {
      List<String> names =
          storage.list(folder).stream().map(status -> status.getPath().getName()).toList();
      if (!names.contains(Long.toString(number)) || highest(storage, folder).orElse(0) > number) {
        stop("another latentsweep has taken over the output folder");
      } else if (names.contains(number + CANCEL)) {
        stop("it was cancelled");
      }
      storage.setModified(file(folder, number), ++beats);
    } catch (IOException | RuntimeException e) { // the next beat may get through
      LOG.warn("Cannot renew the claim on {}: {}", ErrorText.path(folder), ErrorText.reason(e));
    }
  }

  private void stop(String reason) {
    if (!stopped) {
      stopped = true;
      stop.accept(reason);
    }
  }

  private void deleteUpTo(long last) throws IOException {
    for (FileStatus status : storage.list(folder)) {
      String name = status.getPath().getName();
      String digits = name.endsWith(CANCEL) ? name.replace(CANCEL, "") : name;
      if (digits.matches("\\d+") && Long.parseLong(digits) <= last) {
        storage.delete(status.getPath());
      }
    }
  }

  /** Lets go of the folder. */
  @Override
  public void close() throws IOException {
    heart.shutdownNow();
    try {
      heart.awaitTermination(BEAT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deleteUpTo(number);
  }
}
