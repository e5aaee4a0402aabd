package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  private static final String TIME = "\\{\"time\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\",";

  @TempDir Path temp;

  private EventLog open() throws IOException {
    return SweepFolder.create(temp.toString(), new Configuration()).events();
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(temp.resolve("events.jsonl"));
  }

  @Test
  void anEventIsInTheFileAtOnce() throws IOException {
    try (EventLog events = open()) {
      events.write("started", fields -> fields.put("runs", 8).put("sweep", "a \"quoted\"\nname"));
      assertThat(lines()).hasSize(1);
      assertThat(lines().get(0))
          .matches(
              TIME
                  + "\"event\":\"started\",\"runs\":8,\"sweep\":\"a \\\\\"quoted\\\\\"\\\\nname\"}");
    }
  }

  @Test
  void laterEventsAreAppended() throws IOException {
    try (EventLog events = open()) {
      events.write("started", fields -> {});
      events.write("went on", fields -> {});
    }
    try (EventLog events = open()) {
      events.write("started again", fields -> {});
    }
    assertThat(lines()).hasSize(3).allMatch(line -> line.matches(TIME + "\"event\".*}"));
  }

  @Test
  void anIncompleteLineIsEnded() throws IOException {
    Files.writeString(temp.resolve("_latentsweep.json"), "{\"format\": 2}");
    Files.writeString(temp.resolve("events.jsonl"), "{\"time\":\"whole\"}\n{\"time\":\"2026-");
    try (EventLog events = open()) {
      events.write("started", fields -> {});
    }
    assertThat(lines()).hasSize(3);
    assertThat(lines().subList(0, 2)).containsExactly("{\"time\":\"whole\"}", "{\"time\":\"2026-");
    assertThat(lines().get(2)).endsWith("\"event\":\"started\"}");
  }

  @Test
  void aFileThatCannotBeAppendedToIsFollowedByAnother() throws IOException {
    try (EventLog events = open()) {
      Files.createDirectory(temp.resolve("events.jsonl"));
      events.write("started", fields -> {});
      events.write("finished", fields -> {});
    }
    try (Stream<Path> files = Files.list(temp)) {
      List<Path> others =
          files
              .filter(file -> file.getFileName().toString().matches("events-[0-9a-f-]{36}[.]jsonl"))
              .toList();
      assertThat(others).hasSize(1);
      assertThat(Files.readAllLines(others.get(0))).hasSize(2);
    }
  }

  @Test
  void anEventThatCannotBeWrittenIsLost() throws IOException {
    Path gone = temp.resolve("gone");
    try (EventLog events = SweepFolder.create(gone.toString(), new Configuration()).events()) {
      replaceByFile(gone);
      events.write("lost", fields -> {});

      Files.delete(gone);
      Files.createDirectory(gone);
      events.write("written", fields -> {});
    }
    assertThat(Files.readAllLines(gone.resolve("events.jsonl")))
        .hasSize(1)
        .allMatch(line -> line.contains("\"written\""));
  }

  private static void replaceByFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
    Files.writeString(folder, "a file");
  }
}
