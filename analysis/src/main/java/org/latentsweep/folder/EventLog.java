package org.latentsweep.folder;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.latentsweep.table.ErrorText;
import org.latentsweep.table.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to an output folder, for those who follow it from outside: {@code events.jsonl}, a
 * JSON object on each line. Each event is in the file when {@link #write} returns, and later
 * processes append theirs. Where the file cannot be appended to, as in an object store or while a
 * killed driver still holds it on HDFS, the events go to a new file, {@code events-UUID.jsonl}.
 *
 * <p>Nothing is read from here: an event that cannot be written is lost, is warned of once, and
 * fails nothing. Written by the process that holds the folder's {@link FolderLock}, by one thread.
 */
public final class EventLog implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  private static final String NAME = "events";
  private static final String EXTENSION = ".jsonl";

  private final Storage storage;
  private final Path folder;
  private FSDataOutputStream out; // null before the first event, and after one that was lost
  private boolean warned;

  EventLog(Storage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /**
   * Appends an event.
   *
   * @param event what happened
   * @param fields adds what else is to be said, after {@code time} (ISO 8601, UTC) and {@code
   *     event}
   */
  public void write(String event, Consumer<ObjectNode> fields) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()).put("event", event);
    fields.accept(line);
    try {
      if (out == null) {
        out = open();
      }
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      out.hflush();
    } catch (IOException | RuntimeException | FSError e) {
      lose(e);
    }
  }

  private FSDataOutputStream open() throws IOException {
    try {
      return storage.appendLines(new Path(folder, NAME + EXTENSION));
    } catch (IOException | RuntimeException | FSError e) {
      return storage.appendLines(new Path(folder, NAME + "-" + UUID.randomUUID() + EXTENSION));
    }
  }

  /** The next event opens the file anew: the disk may have been full. */
  private void lose(Throwable e) {
    if (!warned) {
      warned = true;
      LOG.warn("Cannot write events to {}: {}", ErrorText.path(folder), ErrorText.reason(e));
    }
    close();
  }

  /** Every event was written through before, so that nothing is lost if this fails. */
  @Override
  public void close() {
    if (out == null) {
      return;
    }
    try {
      out.close();
    } catch (IOException | RuntimeException | FSError e) {
      LOG.debug("Cannot close the events of {}", folder, e);
    }
    out = null;
  }
}
