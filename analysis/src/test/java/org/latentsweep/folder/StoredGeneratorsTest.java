package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;

class StoredGeneratorsTest {
  private static final RunPack PACK = TestRuns.pack("eight-gaussians", 2, 1, 3);

  @TempDir private Path temp;
  private SweepFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = SweepFolder.create(temp.toString(), new Configuration());
  }

  @Test
  void generatorsAreFoundInAllParts() throws IOException {
    RunPack other = TestRuns.pack("gaussian", 2, 1, 2);
    TestRuns.commit(folder, PACK);
    TestRuns.commit(folder, other);
    RunId first = PACK.runs().get(1).id();
    RunId second = other.runs().get(0).id();
    RunId unknown = TestRuns.spec("gaussian", 2, 99).id();

    assertThat(folder.generators().of(Set.of(first, second, unknown)))
        .containsOnlyKeys(first, second)
        .allSatisfy((run, archive) -> assertThat(archive.bytes()).isNotEmpty());
  }
}
