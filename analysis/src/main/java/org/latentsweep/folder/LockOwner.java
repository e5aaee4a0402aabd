package org.latentsweep.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A process that has an output folder, as the lock's file says it.
 *
 * @param command what it does
 * @param host it runs on, for people
 * @param machine equal for processes that see each other's numbers; empty where that is not known
 * @param process its number
 * @param started when the process was, in milliseconds since 1970: numbers are used again
 * @param since when it has the folder
 */
record LockOwner(
    String command, String host, String machine, long process, long started, String since) {

  /** Of a file that its owner was killed over before it was written. */
  static final LockOwner UNKNOWN = new LockOwner("", "", "", 0, 0, "");

  static LockOwner self(String command) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    return new LockOwner(
        command,
        InetAddress.getLocalHost().getHostName(),
        thisMachine(),
        self.pid(),
        startOf(self),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** On Linux the boot and the process namespace, which containers on one machine do not share. */
  private static String thisMachine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | RuntimeException e) { // another system
      return "";
    }
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  boolean isOnMachineOf(LockOwner other) {
    return !machine.isEmpty() && machine.equals(other.machine);
  }

  /** Whether the process exists; on its own machine only. */
  boolean lives() {
    return ProcessHandle.of(process)
        .filter(found -> found.isAlive() && startOf(found) == started)
        .isPresent();
  }

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
        : "%s has it, process %d on %s, since %s".formatted(command, process, host, since);
  }
}
