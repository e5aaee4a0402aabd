package org.latentsweep.folder;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.table.ErrorText;
import org.latentsweep.table.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to an output folder, which one process holds at a time. It is a lease (Gray
 * and Cheriton 1989) that needs no common clock.
 *
 * <p>A claim is a file {@code _lock/N}. If several processes create the same one, exactly one of
 * them succeeds. The claim with the highest N holds the lock. Its owner sends heartbeats: it
 * changes the file's modification time. Another process that wants the lock watches that time, and
 * claims N + 1 if it has not changed for {@value #LEASE_SECONDS} seconds. It compares the time only
 * with earlier values of itself, never with its own clock. If the owner runs on the same machine,
 * the other process looks for the owner's process instead, and does not wait if that has ended.
 *
 * <p>An owner that finds a claim with a higher N, or its own file deleted, has lost the lock. An
 * owner that finds a file {@code N.cancel} has been asked to stop.
 */
public final class FolderLock implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

  static final String FOLDER = "_lock";

  /**
   * Chosen by judgement: longer than a file system or a garbage collection usually blocks a
   * heartbeat, and short enough to wait for after a crash.
   */
  static final int LEASE_SECONDS = 30;

  private static final Duration LEASE = Duration.ofSeconds(LEASE_SECONDS);

  /** Chosen by judgement: many heartbeats in a lease, and a request to stop is found soon. */
  private static final long HEARTBEAT_MILLIS = 1000;

  private static final String CANCEL = ".cancel";

  /** The name of a claim. Chosen by judgement: a folder is claimed less than 10^12 times. */
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,11}");

  private final Storage storage;
  private final Path folder;
  private final long number;
  private final Consumer<String> onStop;
  private final ScheduledExecutorService heartbeats =
      Executors.newSingleThreadScheduledExecutor(FolderLock::daemon);
  private long lastModified; // as the last heartbeat set it
  private boolean askedToStop;

  private FolderLock(Storage storage, Path folder, long number, Consumer<String> onStop) {
    this.storage = storage;
    this.folder = folder;
    this.number = number;
    this.onStop = onStop;
    this.lastModified = System.currentTimeMillis();
  }

  /**
   * Claims the lock of an output folder.
   *
   * @param onStop called at most once, by another thread, with the reason why the owner has to stop
   * @throws IllegalArgumentException naming the owner, if another process holds the lock
   * @throws IOException if the file system fails
   */
  static FolderLock claim(Storage storage, Path root, LockOwner self, Consumer<String> onStop)
      throws IOException {
    return claim(storage, root, self, onStop, LEASE);
  }

  static FolderLock claim(
      Storage storage, Path root, LockOwner self, Consumer<String> onStop, Duration lease)
      throws IOException {
    Path folder = new Path(root, FOLDER);
    storage.createFolder(folder);
    warnOfGarbage(storage, folder);
    while (true) {
      OptionalLong last = lastClaim(storage, folder);
      if (last.isPresent() && isHeld(storage, file(folder, last.getAsLong()), self, lease)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Cannot write to %s: %s; wait for it, or stop it with latentsweep status --cancel",
                ErrorText.path(root),
                owner(storage, file(folder, last.getAsLong()))));
      }
      long next = last.orElse(0) + 1;
      if (!NUMBER.matcher(Long.toString(next)).matches()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Cannot write to %s: no claim of latentsweep has the number %d; delete %s",
                ErrorText.path(root),
                last.getAsLong(),
                ErrorText.path(file(folder, last.getAsLong()))));
      }
      if (storage.createNew(file(folder, next), self.json())) {
        FolderLock lock = new FolderLock(storage, folder, next, onStop);
        lock.deleteClaimsUpTo(next - 1);
        lock.heartbeats.scheduleWithFixedDelay(
            lock::heartbeat, HEARTBEAT_MILLIS, HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
        return lock;
      }
    }
  }

  /**
   * Asks the process that holds the lock of an output folder to stop, and waits until it has
   * released the lock.
   *
   * @param timeout how long to wait
   * @return whether the process released the lock in that time
   * @throws IllegalArgumentException if no process holds the lock
   * @throws IOException if the file system fails
   */
  static boolean cancel(Storage storage, Path root, LockOwner self, Duration timeout)
      throws IOException {
    Path folder = new Path(root, FOLDER);
    OptionalLong last = lastClaim(storage, folder);
    if (last.isEmpty() || !isHeld(storage, file(folder, last.getAsLong()), self, LEASE)) {
      throw new IllegalArgumentException(
          "Cannot cancel: no latentsweep writes to " + ErrorText.path(root));
    }
    Path claim = file(folder, last.getAsLong());
    storage.createNew(claim.suffix(CANCEL), "");
    long start = System.nanoTime();
    while (storage.exists(claim)) {
      if (System.nanoTime() - start > timeout.toNanos()) {
        return false;
      }
      sleep(HEARTBEAT_MILLIS / 10);
    }
    return true;
  }

  private static OptionalLong lastClaim(Storage storage, Path folder) throws IOException {
    return storage.list(folder).stream()
        .filter(FileStatus::isFile)
        .map(status -> status.getPath().getName())
        .filter(NUMBER.asMatchPredicate())
        .mapToLong(Long::parseLong)
        .max();
  }

  private static void warnOfGarbage(Storage storage, Path folder) throws IOException {
    for (FileStatus status : storage.list(folder)) {
      String name = status.getPath().getName();
      if (!NUMBER.matcher(name.replace(CANCEL, "")).matches() || !status.isFile()) {
        LOG.warn("Ignoring {}, which is no claim of latentsweep; delete it", status.getPath());
      }
    }
  }

  private static Path file(Path folder, long number) {
    return new Path(folder, Long.toString(number));
  }

  /** Returns whether the owner of a claim is alive; may take as long as a lease. */
  private static boolean isHeld(Storage storage, Path claim, LockOwner self, Duration lease)
      throws IOException {
    try {
      LockOwner owner = LockOwner.parse(storage.readText(claim));
      return owner.isOnMachineOf(self) ? owner.isAlive() : isRenewed(storage, claim, owner, lease);
    } catch (FileNotFoundException e) { // the owner has released it
      return false;
    }
  }

  private static boolean isRenewed(Storage storage, Path claim, LockOwner owner, Duration lease)
      throws IOException {
    long seen = storage.status(claim).getModificationTime();
    long start = System.nanoTime();
    LOG.warn("Waiting up to {} s for a heartbeat: {}", lease.toSeconds(), owner);
    while (System.nanoTime() - start < lease.toNanos()) {
      sleep(Math.min(HEARTBEAT_MILLIS, lease.toMillis()) / 2);
      if (storage.status(claim).getModificationTime() != seen) {
        return true;
      }
    }
    return false;
  }

  private static LockOwner owner(Storage storage, Path claim) throws IOException {
    try {
      return LockOwner.parse(storage.readText(claim));
    } catch (FileNotFoundException e) { // the owner has released it just now
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

  private void heartbeat() {
    try {
      List<String> names =
          storage.list(folder).stream().map(status -> status.getPath().getName()).toList();
      if (!names.contains(Long.toString(number)) || lastClaim(storage, folder).orElse(0) > number) {
        stop("another latentsweep has taken over the output folder");
      } else if (names.contains(number + CANCEL)) {
        stop("it was cancelled");
      }
      storage.setModified(file(folder, number), ++lastModified);
    } catch (IOException | RuntimeException e) { // the next heartbeat may succeed
      LOG.warn("Cannot renew the claim on {}: {}", ErrorText.path(folder), ErrorText.reason(e));
    }
  }

  private void stop(String reason) {
    if (!askedToStop) {
      askedToStop = true;
      onStop.accept(reason);
    }
  }

  private void deleteClaimsUpTo(long last) throws IOException {
    for (FileStatus status : storage.list(folder)) {
      String name = status.getPath().getName();
      String digits = name.endsWith(CANCEL) ? name.replace(CANCEL, "") : name;
      if (NUMBER.matcher(digits).matches() && Long.parseLong(digits) <= last) {
        storage.delete(status.getPath());
      }
    }
  }

  /** Releases the lock. */
  @Override
  public void close() throws IOException {
    heartbeats.shutdownNow();
    try {
      heartbeats.awaitTermination(HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deleteClaimsUpTo(number);
  }
}
