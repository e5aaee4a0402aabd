package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
}
