package org.latentsweep.execution;

import java.io.IOException;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.latentsweep.folder.EventLog;
import org.latentsweep.folder.FolderLock;
import org.latentsweep.folder.SweepFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to an output folder, which one process has at a time: holds the lock of the
 * folder and its event log from the first claim until it is closed.
 */
final class FolderClaim implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderClaim.class);

  private final Consumer<String> stop;
  private FolderLock lock; // null before the first claim
  private EventLog events;

  /**
   * Claims nothing yet.
   *
   * @param stop is called with the reason if another process asks the owner of the lock to stop
   */
  FolderClaim(Consumer<String> stop) {
    this.stop = stop;
  }

  /**
   * Claims a folder unless it is already claimed, brings it to the current format, and sets aside
   * its damaged files.
   *
   * @param command is named to other processes that want to write to the folder
   */
  SweepFolder claim(SweepFolder folder, String command) throws IOException {
    if (lock == null) {
      folder.requireAtomicRename();
      lock = folder.lock(command, stop);
      events = folder.events();
      folder.refresh();
      warnOfDamaged(folder.damaged().setAside());
    }
    return folder;
  }

  /** Warns of damaged files that were set aside. */
  static void warnOfDamaged(Collection<String> files) {
    files.forEach(
        file ->
            LOG.warn(
                "Set aside {}, which is damaged or missing; run trains the lost runs again", file));
  }

  /** Returns the event log of the claimed folder. */
  EventLog events() {
    return events;
  }

  /** Does some work, and writes an event with the reason if it fails. */
  <R> R reportFailure(String event, Supplier<R> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (events != null) {
        events.write(event, fields -> fields.put("reason", e.getMessage()));
      }
      throw e;
    }
  }

  /** Releases the folder if it was claimed. */
  @Override
  public void close() {
    if (lock != null) {
      events.close();
      release();
    }
  }

  private void release() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("Cannot release the output folder: {}", e.getMessage());
    }
  }
}
