package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.scoring.MetricFamily;
import org.latentsweep.sweep.SweepParser;
import org.latentsweep.table.RunRow;
import org.latentsweep.training.CheckpointPolicy;

class PackTaskTest {
  @TempDir private Path temp;

  @AfterEach
  void clearProperty() {
    System.clearProperty("recorder.unavailable");
  }

  @Test
  void aCommittedPackIsNotTrainedAgainAndReportsWhatItsRowsSay() throws IOException {
    SweepFolder folder = SweepFolder.create(temp.toString(), new Configuration());
    List<RunSpec> runs =
        new SweepParser(List.of("auto"), MetricFamily.names())
            .parse(Cli.SMOKE, List.of("axes.target=spiral", "axes.latent-dim=2"))
            .runs();
    List<RunPack> packs = List.of(new RunPack(runs));
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1]")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      Tally tally = Tally.on(spark.sc());
      PackTask task =
          new PackTask(folder, "test", "app", "recorder", 1, CheckpointPolicy.NONE, tally);

      spark.parallelize(packs, 1).foreach(task);
      List<RunRow> trained = tally.runs().drain();
      System.setProperty("recorder.unavailable", "executors"); // training again would throw
      spark.parallelize(packs, 1).foreach(task);

      assertThat(tally.runs().drain()).isEqualTo(trained);
      assertThat(trained).hasSize(2).allMatch(run -> run.outcome() == Outcome.COMPLETED);
      assertThat(tally.done().value()).isEqualTo(4);
      assertThat(tally.steps().value()).isEqualTo(4 * 20);
    }
  }
}
