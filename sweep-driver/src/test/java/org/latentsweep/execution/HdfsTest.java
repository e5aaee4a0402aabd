package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.execution.Cli.SMOKE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.run.RunId;

/** A sweep whose output is on HDFS: a name node and a data node in this process. */
class HdfsTest {
  private static final String BITS =
      "SELECT run_id, step, count(*), sum(xxhash64(i, x, y)) FROM samples GROUP BY 1, 2"
          + " ORDER BY 1, 2";

  /** Four runs, each of which is a pack. */
  private static final Object[] SWEEP = {
    "run", SMOKE, "--set", "axes.target=gaussian", "--set", "metrics=[coverage]", "--set"
  };

  /** How long a writer waits before it asks again whether its file is whole: 400 ms by default. */
  private static final String DELAY =
      "spark.hadoop.dfs.client.block.write.locateFollowingBlock.initial.delay.ms";

  @TempDir private static java.nio.file.Path local;
  private static MiniDFSCluster cluster;
  private static FileSystem hdfs;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, local.resolve("hdfs").toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs = cluster.getFileSystem();
    System.setProperty(DELAY, "5");
  }

  @AfterAll
  static void stop() {
    System.clearProperty(DELAY);
    cluster.shutdown();
  }

  @Test
  @Timeout(300)
  void aSweepIsTrainedScoredCompactedAndQueried() throws IOException {
    String out = hdfs.getUri() + "/sweeps/smoke";
    Cli first = sweep("output=" + out);
    assertThat(first.err()).contains("4 runs, 0 finished, 0 failed, 4 left", "4/4 runs");
    java.nio.file.Path beside = local.resolve("beside");
    sweep("output=" + beside);
    List<String> bits = Cli.sql(beside, BITS);
    assertThat(sql(out, BITS)).hasSize(8).isEqualTo(bits);
    String metrics = "SELECT count(*), sum(xxhash64(run_id, metric)) FROM metrics";
    List<String> measured = sql(out, metrics);

    Cli compacted = Cli.run("compact", out, "--grace", "0", "--format", "csv");
    assertThat(compacted.code()).as(compacted.err()).isZero();
    assertThat(names(out, "runs")).hasSize(2).allMatch(name -> name.startsWith("merged-"));
    assertThat(sql(out, BITS)).isEqualTo(bits);
    assertThat(sql(out, metrics)).isEqualTo(measured);

    SweepFolder folder = SweepFolder.create(out, new Configuration());
    RunId dropped = folder.runs().all().firstKey();
    assertThat(folder.runs().drop(Set.of(dropped))).isEqualTo(1);
    write(new Path(out, "history/part-0123456789abcdef.parquet"));
    assertThat(folder.cleanUp()).isEqualTo(1);
    Cli mended = sweep("output=" + out);
    assertThat(mended.err()).contains("4 runs, 3 finished, 0 failed, 1 left");
    assertThat(sql(out, BITS)).isEqualTo(bits);
  }

  private static Cli sweep(String... more) {
    Cli cli = Cli.run(Stream.concat(Stream.of(SWEEP), Stream.of(more)).toArray());
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli;
  }

  private static List<String> sql(String out, String query) {
    Cli cli = Cli.run("sql", out, query, "--format", "csv");
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli.out().lines().skip(1).toList();
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
