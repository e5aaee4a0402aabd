package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.run.RunId;

/** A sweep whose output folder is on HDFS, with a name node and a data node in this process. */
@Timeout(300)
class HdfsTest {
  private static final String METRICS =
      "SELECT count(*), sum(xxhash64(run_id, metric)) FROM metrics";

  /** The time before a writer asks again whether its file is complete: 400 ms by default. */
  private static final String DELAY =
      "spark.hadoop.dfs.client.block.write.locateFollowingBlock.initial.delay.ms";

  @TempDir private static java.nio.file.Path local;
  private static MiniDFSCluster cluster;
  private static FileSystem hdfs;
  private static String output;
  private static Cli first;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, local.resolve("hdfs").toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs = cluster.getFileSystem();
    System.setProperty(DELAY, "5");
    output = hdfs.getUri() + "/sweeps/smoke";
    first = sweep(output);
  }

  @AfterAll
  static void stop() {
    System.clearProperty(DELAY);
    cluster.shutdown();
  }

  /** Trains four runs, each in a pack of its own. */
  private static Cli sweep(Object folder) {
    return Cli.succeed(Cli.smoke("axes.target=gaussian", "metrics=[coverage]", "output=" + folder));
  }

  /** Copies the folder for a test that changes it. */
  private static String copy(String name) throws IOException {
    String copy = hdfs.getUri() + "/sweeps/" + name;
    FileUtil.copy(hdfs, new Path(output), hdfs, new Path(copy), false, hdfs.getConf());
    return copy;
  }

  @Test
  void aSweepHasTheSameBitsAsOnALocalDisk() {
    assertThat(first.err()).contains("4 runs, 0 finished, 0 failed, 4 left", "4/4 runs");
    java.nio.file.Path localOutput = local.resolve("sweep");
    sweep(localOutput);

    assertThat(SampleBits.of(output)).hasSize(8).isEqualTo(SampleBits.of(localOutput));
  }

  @Test
  void compactKeepsAllRows() throws IOException {
    String copy = copy("compacted");

    Cli.succeed("compact", copy, "--grace", "0", "--format", "csv");

    assertThat(names(copy, "runs")).hasSize(2).allMatch(name -> name.startsWith("merged-"));
    assertThat(SampleBits.of(copy)).isEqualTo(SampleBits.of(output));
    assertThat(Cli.sql(copy, METRICS)).isEqualTo(Cli.sql(output, METRICS));
  }

  @Test
  void aRunThatIsDroppedIsTrainedAgain() throws IOException {
    String copy = copy("dropped");
    SweepFolder folder = SweepFolder.create(copy, new Configuration());
    RunId dropped = folder.runs().all().firstKey();
    assertThat(folder.runs().drop(Set.of(dropped))).isEqualTo(1);
    assertThat(folder.cleanUp()).isZero();

    assertThat(sweep(copy).err()).contains("4 runs, 3 finished, 0 failed, 1 left");
    assertThat(SampleBits.of(copy)).isEqualTo(SampleBits.of(output));
  }

  @Test
  void filesOfKilledTasksAreDeleted() throws IOException {
    String copy = copy("killed");
    write(new Path(copy, "history/part-0123456789abcdef.parquet"));

    assertThat(SweepFolder.create(copy, new Configuration()).cleanUp()).isEqualTo(1);
  }

  private static List<String> names(String out, String table) throws IOException {
    return Stream.of(hdfs.listStatus(new Path(out, table)))
        .filter(FileStatus::isFile)
        .map(file -> file.getPath().getName())
        .filter(name -> !name.startsWith("_"))
        .toList();
  }

  private static void write(Path file) throws IOException {
    try (FSDataOutputStream out = hdfs.create(file)) {
      out.write("left by a task that was killed".getBytes(StandardCharsets.UTF_8));
    }
  }
}
