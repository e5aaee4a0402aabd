package org.latentsweep.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests on a cluster of two workers. The cluster is started once for all test classes, is brought
 * back to two workers before each test, and ends with this process.
 */
@Timeout(600)
abstract class OnTwoWorkers {
  private static StandaloneCluster started;

  /** The folder of a test. */
  @TempDir Path folder;

  StandaloneCluster cluster;
  ClusterSweep sweep;

  @BeforeEach
  void mend() throws IOException {
    if (started == null) {
      Path files = Path.of("target", "two-workers").toAbsolutePath();
      FileUtil.fullyDelete(files.toFile());
      started = StandaloneCluster.start(Files.createDirectories(files));
    }
    cluster = started;
    cluster.mend();
    sweep = new ClusterSweep(folder.resolve("sweep"));
  }

  /** Returns the lines of the first event log of Spark in a folder. */
  static List<String> lines(Path events) throws IOException {
    try (Stream<Path> files = Files.list(events)) {
      return Files.readAllLines(files.findFirst().orElseThrow());
    }
  }
}
