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
 * The log of what happens to an output folder, for programs that follow a sweep: the file {@code
 * events.jsonl} with a JSON object on each line. Each event is in the file when {@link #write}
 * returns, and later processes append to it. If the file cannot be appended to, as in an object
 * store or while HDFS still holds it open for a killed driver, the events are written to a new file
 * {@code events-UUID.jsonl}.
 *
 * <p>latentsweep itself never reads the log. If an event cannot be written, it is lost: the first
 * time a warning is logged, and no exception is thrown. Only the process that holds the folder's
 * {@link FolderLock} writes the log. Not thread-safe.
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
   * @param event the name of what happened
   * @param fields adds fields to the line, which has {@code time} (ISO 8601, UTC) and {@code event}
   *     already
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
      abandon(e);
    }
  }

  private FSDataOutputStream open() throws IOException {
    try {
      return storage.appendLines(new Path(folder, NAME + EXTENSION));
    } catch (IOException | RuntimeException | FSError e) {
      return storage.appendLines(new Path(folder, NAME + "-" + UUID.randomUUID() + EXTENSION));
    }
  }

  /** Closes the file, so that the next event opens it again: the disk may have been full. */
  private void abandon(Throwable e) {
    if (!warned) {
      warned = true;
      LOG.warn("Cannot write events to {}: {}", ErrorText.path(folder), ErrorText.reason(e));
    }
    close();
  }

  /** Closes the file. No event is lost if this fails, because each has been flushed before. */
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
