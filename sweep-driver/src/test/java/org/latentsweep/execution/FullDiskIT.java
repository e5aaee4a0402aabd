package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sweep on a file system in memory that is too small and is enlarged later. */
@Timeout(600)
class FullDiskIT {
  private static final String SMALL = "size=400k";
  private static final String LARGE = "remount,size=100m";

  @TempDir private Path folder;

  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeThat(mount(SMALL)).as("the right to mount a file system, as root has it").isZero();
  }

  @AfterEach
  void unmount() throws Exception {
    execute("umount", disk.toString());
  }

  private int mount(String options) throws Exception {
    return execute("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString());
  }

  private static int execute(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void aSweepOnAFullDiskContinuesOnceThereIsSpace() throws Exception {
    ClusterSweep sweep = new ClusterSweep(disk.resolve("sweep"));

    assertFullOn(sweep, "Cannot finish the sweep: Cannot write ");
    int before = sweep.finished();
    assertThat(before).isBetween(1, ClusterSweep.RUNS - 1);
    assertThat(sweep.bits())
        .hasSize(before * ClusterSweep.ROWS_OF_RUN)
        .isSubsetOf(ClusterSweep.undisturbed());

    fillUp();
    assertFullOn(sweep, "Cannot write ");
    assertThat(sweep.finished()).isEqualTo(before);
    assertThat(Cli.run("status", sweep.output(), "--format", "csv").out().lines().toList())
        .last()
        .asString()
        .matches("%d,0,0,%d,0,0".formatted(before, ClusterSweep.RUNS - before));

    assertThat(mount(LARGE)).isZero();
    Cli freed = Cli.run(sweep.run());
    assertThat(freed.code()).as(freed.err()).isZero();
    assertThat(freed.err()).contains(", " + before + " finished, 0 failed, ");
    sweep.assertWhole();
  }

  private static void assertFullOn(ClusterSweep sweep, String message) {
    Cli full = Cli.run(sweep.run());
    assertThat(full.code()).as(full.err()).isEqualTo(3);
    assertThat(full.out()).isEmpty();
    assertThat(full.err().lines().toList())
        .last()
        .asString()
        .startsWith(message + sweep.output())
        .contains("No space left on device");
    assertThat(full.err()).doesNotContain("\tat ");
  }

  /** Fills the disk to the last byte. */
  private void fillUp() throws IOException {
    try (var out = Files.newOutputStream(disk.resolve("ballast"))) {
      byte[] page = new byte[1 << 12];
      while (true) {
        out.write(page);
      }
    } catch (java.nio.file.FileSystemException e) {
      throw e;
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
