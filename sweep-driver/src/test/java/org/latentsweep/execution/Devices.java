package org.latentsweep.execution;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The use of devices according to the table of a sweep. */
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

    /** Returns whether this was in training when the other began on the same device. */
    boolean overlapsTheStartOf(Training other) {
      return device.equals(other.device)
          && !start.isAfter(other.start)
          && other.start.isBefore(end);
    }
  }

  /** Returns the largest number of runs on each device at the same time. */
  static Map<String, Long> maxAtOnce(Path folder) {
    List<Training> runs =
        Cli.sql(folder, "SELECT device, started_at, finished_at FROM runs").stream()
            .map(Training::of)
            .toList();
    return runs.stream()
        .collect(
            Collectors.toMap(
                Training::device,
                run -> runs.stream().filter(other -> other.overlapsTheStartOf(run)).count(),
                Math::max,
                TreeMap::new));
  }
}
