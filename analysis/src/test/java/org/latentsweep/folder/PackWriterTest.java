package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;

class PackWriterTest extends TemporaryFolder {
  private PackWriter filled(RunPack pack) throws IOException {
    PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE);
    for (RunSpec spec : pack.runs()) {
      writer.add(TestRuns.completed(spec));
    }
    return writer;
  }

  @Test
  void aPackHasAFileOfOneNameInEveryTable() throws IOException {
    TestRuns.commit(folder, PACK);

    String name = "part-" + PACK.id() + ".parquet";
    assertThat(files("."))
        .containsExactly(
            "_latentsweep.json",
            "generators/" + name,
            "history/" + name,
            "runs/" + name,
            "samples/target=eight-gaussians/latent_dim=2/" + name,
            "views.sql");
  }

  @Test
  void aTableWithoutRowsHasNoFile() throws IOException {
    RunPack pack = TestRuns.pack("spiral", 3, 1, 1);
    try (PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.failed(pack.runs().get(0)));
      writer.commit();
    }

    assertThat(files("history")).isEmpty();
    assertThat(files("runs")).hasSize(1);
    assertThat(count("runs")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theFirstAttemptThatCommitsCounts(boolean startedFirst) throws IOException {
    PackWriter a = filled(PACK);
    PackWriter b = filled(PACK);
    PackWriter first = startedFirst ? a : b;
    PackWriter second = startedFirst ? b : a;

    assertThat(first.commit()).isTrue();
    assertThat(second.commit()).isFalse();

    assertThat(count("runs")).isEqualTo(3);
    assertThat(count("samples")).isEqualTo(3 * 16);
    assertThat(files("runs")).hasSize(1);
    assertThat(files("samples")).hasSize(1);
    assertThat(files("_temporary")).isEmpty();
  }

  @Test
  void simultaneousCommitsLeaveOneCopy() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int seed = 1; seed <= 20; seed++) {
        RunPack pack = TestRuns.pack("gaussian", 2, seed, seed);
        PackWriter a = filled(pack);
        PackWriter b = filled(pack);
        Future<Boolean> one = threads.submit(a::commit);
        Future<Boolean> other = threads.submit(b::commit);
        boolean first = one.get();
        boolean second = other.get(); // asked whatever the first says, so that both have ended
        assertThat(first || second).isTrue();
      }
    } finally {
      threads.shutdown();
    }

    assertThat(files("runs")).hasSize(20);
    assertThat(files("_temporary")).isEmpty();
    assertThat(count("runs")).isEqualTo(20);
    assertThat(count("samples")).isEqualTo(20 * 16);
  }

  @Test
  void aFailedAttemptReplacesWhatAKilledOneLeft() throws IOException {
    // An attempt in which nothing failed was killed before it renamed runs.
    RunPack pack = TestRuns.pack("gaussian", 1, 1, 1);
    TestRuns.commit(folder, pack);
    Files.delete(root.resolve("runs/part-" + pack.id() + ".parquet"));
    try (PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.failed(pack.runs().get(0)));
      writer.commit();
    }

    assertThat(count("runs WHERE outcome = 'failed'")).isEqualTo(1);
    assertThat(count("samples")).isZero();
    assertThat(count("generators")).isZero();
  }

  @Test
  void closingWithoutCommitLeavesNothing() throws IOException {
    PackWriter writer = filled(PACK);
    assertThat(files("_temporary")).hasSize(4);
    writer.close();

    assertThat(files(".")).containsExactly("_latentsweep.json", "views.sql");
    assertThat(root.resolve("_temporary")).isEmptyDirectory();
  }

  @Test
  void aClosedPackCannotBeCommitted() throws IOException {
    PackWriter writer = filled(PACK);
    writer.close();

    assertThatThrownBy(writer::commit)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot write pack " + PACK.id() + ": it was committed or aborted");
  }

  private static String cannotAdd(RunSpec run) {
    return "Cannot add run %s to pack %s: it is not in it, or was added before"
        .formatted(run.id(), PACK.id());
  }

  @Test
  void aRunIsAddedOnce() throws IOException {
    RunSpec first = PACK.runs().get(0);
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(first));

      assertThatThrownBy(() -> writer.add(TestRuns.completed(first)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(cannotAdd(first));
    }
  }

  @Test
  void aRunOfAnotherPackIsRefused() throws IOException {
    RunSpec other = TestRuns.spec("spiral", 2, 1);
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      assertThatThrownBy(() -> writer.add(TestRuns.completed(other)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(cannotAdd(other));
    }
  }

  @Test
  void aPackWithoutAllItsRunsIsNotCommitted() throws IOException {
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(PACK.runs().get(0)));
      writer.add(TestRuns.completed(PACK.runs().get(1)));

      assertThatThrownBy(writer::commit)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Cannot commit pack %s: no result of [%s]"
                  .formatted(PACK.id(), PACK.runs().get(2).id()));
    }
  }

  @Test
  void aFullDiskNamesTheFileAndLeavesNothing() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "no /dev/full here");
    PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE);
    Path own;
    try (Stream<Path> attempts = Files.list(root.resolve("_temporary"))) {
      own = attempts.findFirst().orElseThrow();
    }
    Path samples = Files.createSymbolicLink(own.resolve("samples.parquet"), full);

    assertThatThrownBy(
            () -> {
              for (RunSpec spec : PACK.runs()) {
                writer.add(TestRuns.completed(spec));
              }
              writer.commit();
            })
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot write " + samples + ": No space left on device");
    assertThat(files(".")).containsExactly("_latentsweep.json", "views.sql");
    assertThat(root.resolve("_temporary")).isEmptyDirectory();
    assertThat(count("runs")).isZero();
  }

  @Test
  void tasksWritePacksToAFolderThatWasSent() throws IOException {
    List<RunPack> packs =
        List.of(TestRuns.pack("gaussian", 2, 1, 2), TestRuns.pack("gaussian", 3, 1, 2));
    SweepFolder sent = folder;
    JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(packs, 2)
        .foreach(pack -> TestRuns.commit(sent, pack));

    assertThat(count("runs")).isEqualTo(4);
    assertThat(count("samples")).isEqualTo(4 * 16);
  }
}
