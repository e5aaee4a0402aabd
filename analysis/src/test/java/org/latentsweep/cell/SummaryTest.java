package org.latentsweep.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.folder.LocalSpark;
import org.latentsweep.folder.PackWriter;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TestRuns;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.table.MetricRow;
import org.latentsweep.table.SummaryRow;
import org.latentsweep.table.TableWriter;

class SummaryTest {
  private static final double H = 0.1; // bandwidth of eight-gaussians

  @TempDir Path temp;
  private final SparkSession spark = LocalSpark.session();
  private SweepFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = SweepFolder.create(temp.toString(), new Configuration());
  }

  /** Commits a pack: the first runs have these values, the next one diverged, the others failed. */
  private RunPack commit(int k, int runs, double... values) throws IOException {
    RunPack pack = TestRuns.pack("eight-gaussians", k, 1, runs);
    try (PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE)) {
      for (int i = 0; i < runs; i++) {
        RunSpec spec = pack.runs().get(i);
        writer.add(
            i < values.length
                ? TestRuns.completed(spec)
                : i == values.length ? TestRuns.diverged(spec) : TestRuns.failed(spec));
      }
      writer.commit();
    }
    try (TableWriter<MetricRow> writer = folder.metrics().writer("part-" + pack.id(), "kl")) {
      for (int i = 0; i < values.length; i++) {
        RunId run = pack.runs().get(i).id();
        add(writer, run, 5, values[i], H);
        add(writer, run, 5, 10 * values[i], 2 * H);
        add(writer, run, 5, 100 * values[i], H / 2);
        add(writer, run, 4, 1000, H);
        writer.add(MetricRow.failed(run, 5, "kl", "kl-4h", 10, "odd"));
      }
      writer.finish(Map.of());
      writer.publish();
    }
    return pack;
  }

  private static void add(
      TableWriter<MetricRow> writer, RunId run, int step, double value, double h)
      throws IOException {
    writer.add(
        MetricRow.measured(
            run,
            step,
            new Metric(
                "kl_forward",
                "test",
                value,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                0.25,
                10,
                h,
                Double.NaN)));
  }

  private SummaryRow row(List<SummaryRow> rows, int k, String metric) {
    return rows.stream()
        .filter(r -> r.latentDim() == k && metric.equals(r.metric()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void seedsAreSummarised() throws IOException {
    RunPack pack = commit(2, 7, 1, 2, 3, 6);

    List<SummaryRow> rows = Summary.write(spark, folder);

    assertThat(rows)
        .extracting(SummaryRow::metric)
        .containsExactly("kl_forward", "kl_forward@2h", "kl_forward@h/2");
    SummaryRow row = rows.get(0);
    assertThat(row.target()).isEqualTo("eight-gaussians");
    assertThat(row.configHash()).isEqualTo(pack.runs().get(0).configHash());
    assertThat(row.diverged()).isEqualTo(1);
    assertThat(row.failed()).isEqualTo(2);
    assertThat(row.floor()).isEqualTo(0.25);
    assertThat(row.runs()).isEqualTo(4);
    assertThat(row.mean()).isEqualTo(3);
    // Of the seven runs, 1, 2, 3, 6 and three infinite ones, the fourth is the median.
    assertThat(row.median()).isEqualTo(6);
    assertThat(row.medianLow()).isEqualTo(1);
    assertThat(row.medianHigh()).isInfinite();
    assertThat(row.medianConfidence()).isCloseTo(1 - 2 / 128.0, within(1e-12));
    assertThat(row.worst()).isInfinite();
    assertThat(row.counted()).isEqualTo(7);
    assertThat(row.finite()).isEqualTo(4);
    assertThat(row.geometricMean()).isCloseTo(Math.sqrt(6), within(1e-12));
    assertThat(row.iqm()).isInfinite();
    assertThat(row.overBestLow()).as("no other cell").isNull();
    // sqrt(14 / 3), and t(0.975; 3) = 3.182446 times it / 2.
    assertThat(row.sd()).isCloseTo(2.160247, within(1e-6));
    assertThat(row.ciLow()).isCloseTo(3 - 3.437434, within(1e-5));
    assertThat(row.ciHigh()).isCloseTo(3 + 3.437434, within(1e-5));
    assertThat(row(rows, 2, "kl_forward@2h").mean()).isEqualTo(30);
    assertThat(row(rows, 2, "kl_forward@h/2").mean()).isEqualTo(300);
  }

  @Test
  void theTableHoldsTheRowsAndIsReplaced() throws IOException {
    commit(2, 4, 1, 3);
    Summary.write(spark, folder);
    Summary.write(spark, folder);

    List<Row> rows =
        LocalSpark.sql(
                folder,
                "SELECT target, latent_dim, metric, runs, diverged, failed, mean, sd, median, ci_low,"
                    + " ci_high, floor FROM summary WHERE metric = 'kl_forward'")
            .collectAsList();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).mkString("|"))
        .startsWith("eight-gaussians|2|kl_forward|2|1|1|2.0|1.414213562373095")
        .contains("|Infinity|-10.70620")
        .endsWith("|0.25");
  }

  @Test
  void oneSeedHasNoSpread() throws IOException {
    commit(3, 1, 0.5);

    Summary.write(spark, folder);

    assertThat(
            LocalSpark.sql(
                    folder,
                    "SELECT runs, mean, sd, median, ci_low, ci_high FROM summary"
                        + " WHERE metric = 'kl_forward'")
                .first()
                .mkString("|"))
        .isEqualTo("1|0.5|null|0.5|null|null");
  }

  @Test
  void cellsWhoseEveryRunFailedStillHaveRows() throws IOException {
    commit(2, 1, 1.0);
    commit(10, 3);
    RunPack other = TestRuns.pack("spiral", 1, 1, 1);
    try (PackWriter writer = folder.startPack(other, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.failed(other.runs().get(0)));
      writer.commit();
    }

    List<SummaryRow> rows = Summary.write(spark, folder);

    assertThat(rows).hasSize(3 + 3 + 1);
    assertThat(row(rows, 10, "kl_forward").runs()).isZero();
    assertThat(row(rows, 10, "kl_forward").mean()).isNull();
    assertThat(row(rows, 10, "kl_forward").diverged()).isEqualTo(1);
    assertThat(row(rows, 10, "kl_forward").failed()).isEqualTo(2);
    assertThat(rows.get(6).target()).isEqualTo("spiral");
    assertThat(rows.get(6).metric()).isNull();
    assertThat(
            LocalSpark.sql(folder, "SELECT * FROM summary WHERE runs = 0 AND mean IS NULL").count())
        .isEqualTo(4);
  }

  @Test
  void anEmptyFolderHasAnEmptySummary() throws IOException {
    assertThat(Summary.write(spark, folder)).isEmpty();
  }
}
