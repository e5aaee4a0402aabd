package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.run.RunId;

class PlannedRunsTest {
  @TempDir private Path temp;
  private SweepFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = SweepFolder.create(temp.toString(), new Configuration());
  }

  @Test
  void aFolderHasNoPlannedRunsAtFirst() throws IOException {
    assertThat(folder.planned().all()).isEmpty();
  }

  @Test
  void plannedRunsAddUp() throws IOException {
    RunId a = RunId.of("a");
    RunId b = RunId.of("b");

    folder.planned().add(List.of(a));
    folder.planned().add(List.of(a, b));

    SweepFolder again = SweepFolder.create(temp.toString(), new Configuration());
    assertThat(again.planned().all()).containsExactlyInAnyOrder(a, b);
  }

  @Test
  void linesThatNameNoRunAreIgnored() throws IOException {
    RunId a = RunId.of("a");
    folder.planned().add(List.of(a));
    Path file = temp.resolve("_planned.txt");
    Files.write(
        file, ("\u0000\n../x\n" + a + "\nABC\n\n\u00ff").getBytes(StandardCharsets.ISO_8859_1));

    assertThat(folder.planned().all()).containsExactly(a);
    folder.planned().add(List.of(RunId.of("b")));
    assertThat(Files.readAllLines(file)).hasSize(2);
  }
}
