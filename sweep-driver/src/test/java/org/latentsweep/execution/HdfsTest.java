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
  private static String compacted;
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
    compacted = copy(output, "compacted");
    Cli.succeed("compact", compacted, "--grace", "0", "--format", "csv");
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

  private static String copy(String folder, String name) throws IOException {
    String copy = hdfs.getUri() + "/sweeps/" + name;
    FileUtil.copy(hdfs, new Path(folder), hdfs, new Path(copy), false, hdfs.getConf());
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
    assertThat(names(compacted, "runs")).hasSize(2).allMatch(name -> name.startsWith("merged-"));
    assertThat(SampleBits.of(compacted)).isEqualTo(SampleBits.of(output));
    assertThat(Cli.sql(compacted, METRICS)).isEqualTo(Cli.sql(output, METRICS));
  }

  @Test
  void aDroppedRunIsTrainedAgainAndFilesOfKilledTasksAreDeleted() throws IOException {
    String copy = copy(compacted, "dropped");
    SweepFolder folder = SweepFolder.create(copy, new Configuration());
    RunId dropped = folder.runs().all().firstKey();
    assertThat(folder.runs().drop(Set.of(dropped))).isEqualTo(1);
    write(new Path(copy, "history/part-0123456789abcdef.parquet"));
    assertThat(folder.cleanUp()).isEqualTo(1);

    assertThat(sweep(copy).err()).contains("4 runs, 3 finished, 0 failed, 1 left");
    assertThat(SampleBits.of(copy)).isEqualTo(SampleBits.of(output));
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
