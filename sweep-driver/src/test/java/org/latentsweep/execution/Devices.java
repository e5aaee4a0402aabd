package org.latentsweep.execution;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a sweep says of the devices that it was trained on. */
final class Devices {
  private Devices() {}

  private record Training(String device, Instant start, Instant end) {
    static Training of(String row) {
      String[] fields = row.split(",");
      return new Training(fields[0], instant(fields[1]), instant(fields[2]));
    }

    private static Instant instant(String text) {
      return Timestamp.valueOf(text).toInstant();
    }

    /** Whether this was going on when the other began on the same device. */
    boolean wasThereFor(Training other) {
      return device.equals(other.device)
          && !start.isAfter(other.start)
          && other.start.isBefore(end);
    }
  }

  /** Of each device, the most runs that were in training on it at the same time. */
  static Map<String, Long> mostAtOnce(Path folder) {
    List<Training> runs =
        Cli.sql(folder, "SELECT device, started_at, finished_at FROM runs").stream()
            .map(Training::of)
            .toList();
    return runs.stream()
        .collect(
            Collectors.toMap(
                Training::device,
                run -> runs.stream().filter(other -> other.wasThereFor(run)).count(),
                Math::max,
                TreeMap::new));
  }
}
