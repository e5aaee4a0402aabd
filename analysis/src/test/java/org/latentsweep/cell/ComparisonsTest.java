package org.latentsweep.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.folder.LocalSpark;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TestRuns;
import org.latentsweep.metric.Metric;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.table.MetricRow;
import org.latentsweep.table.TableWriter;

class ComparisonsTest {
  @TempDir Path temp;
  private final SparkSession spark = LocalSpark.session();
  private SweepFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = SweepFolder.create(temp.toString(), new Configuration());
  }

  private static Metric tear(double value) {
    double none = Double.NaN;
    return new Metric("tear", "test", value, none, none, none, none, 10, none, none);
  }

  /** Commits a cell whose consecutive seeds have these values of the metric {@code tear}. */
  private RunPack commit(
      String target, int k, UnaryOperator<RunSpec> change, int first, double... values)
      throws IOException {
    RunPack pack =
        new RunPack(
            IntStream.range(first, first + values.length)
                .mapToObj(seed -> change.apply(TestRuns.spec(target, k, seed)))
                .toList());
    TestRuns.commit(folder, pack);
    try (TableWriter<MetricRow> writer = folder.metrics().writer("part-" + pack.id(), "test")) {
      for (int i = 0; i < values.length; i++) {
        RunId run = pack.runs().get(i).id();
        writer.add(MetricRow.measured(run, 5, tear(values[i])));
        writer.add(MetricRow.measured(run, 4, tear(1e9)));
      }
      writer.finish(Map.of());
      writer.publish();
    }
    return pack;
  }

  private static RunSpec batch32(RunSpec s) {
    return with(s, 32, s.generatorOptimiser());
  }

  private static RunSpec fast(RunSpec s) {
    return with(s, s.batch(), new AdamSpec(2e-3, 0.9, 0.999, 1e-8));
  }

  private static RunSpec with(RunSpec s, int batch, AdamSpec generatorOptimiser) {
    return new RunSpec(
        s.target(),
        s.noise(),
        s.latentDimension(),
        s.generator(),
        s.discriminator(),
        s.loss(),
        generatorOptimiser,
        s.discriminatorOptimiser(),
        s.steps(),
        batch,
        s.samples(),
        s.seed());
  }

  private List<String> rows(String query) {
    return LocalSpark.sql(folder, query).collectAsList().stream()
        .map(row -> row.mkString("|"))
        .toList();
  }

  @Test
  void cellsThatDifferInOneHyperparameterAreCompared() throws IOException {
    RunPack two = commit("spiral", 2, s -> s, 1, 1, 2, 3);
    RunPack ten = commit("spiral", 10, s -> s, 1, 2, 4, 3);
    commit("spiral", 10, ComparisonsTest::batch32, 7, 5, 6);
    commit("spiral", 2, ComparisonsTest::fast, 1, 1, 2);
    commit("spiral", 3, ComparisonsTest::batch32, 1, 1); // one seed
    commit("gaussian", 2, s -> s, 1, 1, 2, 3); // another target

    Summary.write(spark, folder);

    assertThat(
            rows(
                "SELECT differs, a, b, test, n_a, n_b, round(difference, 6) FROM comparisons"
                    + " WHERE target = 'spiral' AND metric = 'tear' ORDER BY differs, a, b"))
        .containsExactly(
            "batch|16|32|log-pooled-t|3|2|-2.5",
            "generator.learning_rate|0.001|0.002|log-pooled-t|3|2|0.5",
            "latent_dim|2|10|log-pooled-t|3|3|-1.0");
    assertThat(rows("SELECT count(*) FROM comparisons")).containsExactly("3");
    assertThat(
            rows(
                "SELECT config_hash_a, config_hash_b FROM comparisons WHERE differs = 'latent_dim'"))
        .containsExactly(two.runs().get(0).configHash() + "|" + ten.runs().get(0).configHash());
    // scipy 1.17.1: stats.t.sf with the variance of the logarithms in all cells of the target
    assertThat(
            rows(
                "SELECT round(p, 6), p_adjusted >= p, ci_low < difference AND difference < ci_high"
                    + " FROM comparisons WHERE differs = 'latent_dim'"))
        .containsExactly("0.237515|true|true");
  }

  @Test
  void correctionIsWithinTargetAndMetric() throws IOException {
    for (String target : List.of("spiral", "gaussian")) {
      commit(target, 1, s -> s, 1, 1.0, 2.0, 3.0);
      commit(target, 2, s -> s, 1, 11, 22, 32);
      commit(target, 3, s -> s, 1, 1.3, 2.1, 3.4);
    }

    Summary.write(spark, folder);

    assertThat(
            rows(
                "SELECT target, metric, count(*), max(p_adjusted) <= 1, min(p_adjusted) = 3 * min(p)"
                    + " FROM comparisons GROUP BY ALL ORDER BY 1"))
        .containsExactly("gaussian|tear|3|true|true", "spiral|tear|3|true|true");
  }

  @Test
  void infiniteMeansAreRowsWithoutATest() throws IOException {
    commit("spiral", 1, s -> s, 1, 1.0, Double.POSITIVE_INFINITY);
    commit("spiral", 2, s -> s, 1, 1.0, 2.0);

    Summary.write(spark, folder);

    assertThat(rows("SELECT difference, ci_low, p, p_adjusted FROM comparisons"))
        .containsExactly("Infinity|null|null|null");
  }

  @Test
  void theTableFollowsTheRuns() throws IOException {
    commit("spiral", 1, s -> s, 1, 1.0, 2.5);
    Summary.upToDate(() -> spark, folder);
    assertThat(rows("SELECT * FROM comparisons")).isEmpty();

    commit("spiral", 2, s -> s, 1, 1.0, 2.0);
    Summary.upToDate(() -> spark, folder);
    assertThat(rows("SELECT n_a FROM comparisons")).containsExactly("2");

    Summary.upToDate(
        () -> {
          throw new AssertionError("nothing has changed");
        },
        folder);
  }
}
