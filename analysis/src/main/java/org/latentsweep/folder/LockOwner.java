package org.latentsweep.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The process that holds the lock of an output folder, as the file of its claim describes it.
 *
 * @param command the command that the process runs
 * @param host the host that the process runs on, for messages
 * @param machine a text that is equal for two processes only if each finds the other by its process
 *     id; empty if that is not known
 * @param process the process id
 * @param started when the process started, in milliseconds since 1970; tells processes with the
 *     same id apart
 * @param since when the process claimed the lock
 */
record LockOwner(
    String command, String host, String machine, long process, long started, String since) {

  /** The owner of an incomplete claim, whose process was killed while it wrote the file. */
  static final LockOwner UNKNOWN = new LockOwner("", "", "", 0, 0, "");

  /** Returns this process as an owner. */
  static LockOwner self(String command) {
    ProcessHandle self = ProcessHandle.current();
    return new LockOwner(
        command,
        HostName.get(),
        thisMachine(),
        self.pid(),
        startOf(self),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /**
   * Returns, on Linux, the ids of the boot and of the process namespace, because each container has
   * its own.
   */
  private static String thisMachine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | RuntimeException e) { // this is not Linux
      return "";
    }
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Returns whether {@link #isAlive} is meaningful in another owner's process. */
  boolean isOnMachineOf(LockOwner other) {
    return !machine.isEmpty() && machine.equals(other.machine);
  }

  /** Returns whether the process exists. Call this only on its own machine. */
  boolean isAlive() {
    return ProcessHandle.of(process)
        .filter(found -> found.isAlive() && startOf(found) == started)
        .isPresent();
  }

  /** Returns the content of the claim's file. */
  String json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("command", command)
        .put("host", host)
        .put("machine", machine)
        .put("process", process)
        .put("started", started)
        .put("since", since)
        .toString();
  }

  /** Returns the owner that a claim's file describes; {@link #UNKNOWN} if it is incomplete. */
  static LockOwner parse(String json) {
    try {
      JsonNode node = new ObjectMapper().readTree(json);
      return new LockOwner(
          node.path("command").asText(),
          node.path("host").asText(),
          node.path("machine").asText(),
          node.path("process").asLong(),
          node.path("started").asLong(),
          node.path("since").asText());
    } catch (JsonProcessingException e) {
      return UNKNOWN;
    }
  }

  @Override
  public String toString() {
    return equals(UNKNOWN)
        ? "another latentsweep has claimed it"
        : String.format(
            Locale.ROOT, "%s has it, process %d on %s, since %s", command, process, host, since);
  }
}
