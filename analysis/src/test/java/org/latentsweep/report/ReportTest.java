package org.latentsweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.data.Range;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.cell.Summary;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.figure.KlByLatentDimension;
import org.latentsweep.folder.LocalSpark;
import org.latentsweep.folder.PackWriter;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TestRuns;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.table.MetricRow;
import org.latentsweep.table.TableWriter;
import org.latentsweep.target.Targets;

class ReportTest {
  private static final String TARGET = "eight-gaussians";

  @TempDir Path temp;
  private final SparkSession spark = LocalSpark.session();
  private SweepFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = SweepFolder.create(temp.resolve("out").toString(), new Configuration());
  }

  /** A cell whose runs have these divergences, and one more run that diverged. */
  private RunPack commit(int k, double... divergences) throws IOException {
    return commit(TestRuns.pack(TARGET, k, 1, divergences.length + 1), divergences);
  }

  private RunPack commit(RunPack pack, double... divergences) throws IOException {
    return commitSmoothed(0.5, pack, divergences);
  }

  /** The divergences at 2h are those at h times a ratio. */
  private RunPack commitSmoothed(double ratio, RunPack pack, double... divergences)
      throws IOException {
    try (PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE)) {
      for (int i = 0; i <= divergences.length; i++) {
        RunSpec spec = pack.runs().get(i);
        writer.add(i < divergences.length ? TestRuns.completed(spec) : TestRuns.diverged(spec));
      }
      writer.commit();
    }
    double h = Targets.named(TARGET).defaultBandwidth();
    try (TableWriter<MetricRow> writer = folder.metrics().writer("part-" + pack.id(), "kl")) {
      for (int i = 0; i < divergences.length; i++) {
        for (int factor = 1;
            factor <= 2;
            factor++) { // the second factor is not the headline's bandwidth
          double value = divergences[i] * (factor == 1 ? 1 : ratio);
          writer.add(
              MetricRow.measured(
                  pack.runs().get(i).id(),
                  5,
                  new Metric(
                      "kl_forward",
                      "test",
                      value,
                      0.1,
                      value - 0.2,
                      value + 0.2,
                      0.25,
                      10,
                      factor * h,
                      Double.NaN)));
        }
      }
      writer.finish(Map.of());
      writer.publish();
    }
    return pack;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  void theHeadlineNamesTheBestAndWhatCannotBeToldApart() throws IOException {
    commit(1, 10, 11, 12);
    commit(2, 1, 2, 3);
    commit(3, 1.5, 1.25, 3.5);
    Summary.write(spark, folder);

    List<String> headline = texts(Report.json(spark, folder, "1").get("headline"));

    assertThat(headline)
        .containsExactly(
            "eight-gaussians: k = 2 has the lowest median divergence, KL_h 2.5 nats [1, infinite] with"
                + " 87.5% confidence, worst infinite, 3 of 4 runs; the floor is 0.25.",
            "Cannot be excluded from being the best at the 5% level: k = 3. More than 1000 more seeds"
                + " for each cell would be needed to decide. Worse, by the ratio of medians: k = 1"
                + " (4.6).",
            "Runs that diverged or failed: k = 2 (1 of 4); k = 3 (1 of 4); k = 1 (1 of 4).");
  }

  @Test
  void cellsAreRankedByTheirMedians() throws IOException {
    commit(1, 10, 11, 12);
    commit(2, 1, 2, 3);
    Summary.write(spark, folder);

    JsonNode ranking = Report.json(spark, folder, "1").get("ranking");

    List<String> columns = texts(ranking.get("columns"));
    assertThat(columns).startsWith("target", "latent_dim", "config_hash", "may_be_best");
    assertThat(ranking.get("rows"))
        .extracting(
            row -> row.get(columns.indexOf("latent_dim")).asInt(),
            row -> row.get(columns.indexOf("kl_skew")).isNull(), // as in folders without it
            row -> row.get(columns.indexOf("kl_forward")).asDouble(),
            row -> row.get(columns.indexOf("forward_low")).asDouble(),
            row -> row.get(columns.indexOf("forward_high")).asText())
        .containsExactly(
            tuple(2, true, 2.5, 1.0, "Infinity"), tuple(1, true, 11.5, 10.0, "Infinity"));
  }

  @Test
  void theHeadlineTellsOfDivergencesThatContradictOneAnother() throws IOException {
    commitSmoothed(1.5, TestRuns.pack(TARGET, 1, 1, 4), 0.5, 11, 12); // 0.3 to 0.7 and 0.55 to 0.95
    commit(2, 1, 2, 3);
    Summary.write(spark, folder);

    assertThat(texts(Report.json(spark, folder, "1").get("headline")))
        .endsWith(
            "eight-gaussians: in 2 runs, divergences at two bandwidths contradict one another, because"
                + " smoothing cannot raise a divergence; do not trust them.");
  }

  @Test
  void thePageHoldsWhatTheTablesHold() throws IOException {
    RunPack pack = commit(2, 4, 3, 8);
    Summary.write(spark, folder);

    JsonNode json = Report.json(spark, folder, "1.2");

    assertThat(json.get("version").asText()).isEqualTo("1.2");
    assertThat(json.get("counts").get("finished").asInt()).isEqualTo(4);
    assertThat(json.get("counts").get("completed").asInt()).isEqualTo(3);
    assertThat(json.get("counts").get("diverged").asInt()).isEqualTo(1);
    JsonNode runs = json.get("runs");
    int kl = texts(runs.get("columns")).indexOf("kl_forward");
    assertThat(runs.get("rows")).hasSize(4);
    assertThat(runs.get("rows").get(0).get(kl).asDouble()).isEqualTo(4);
    assertThat(runs.get("rows").get(3).get(kl).isNull()).isTrue();
    JsonNode cell = json.get("cells").get(0);
    assertThat(cell.get("label").asText()).isEqualTo("eight-gaussians, k = 2");
    assertThat(cell.get("training").get("run_id").asText())
        .as("the run of median divergence")
        .isEqualTo(pack.runs().get(0).id().hex());
    assertThat(texts(cell.at("/training/steps"))).containsExactly("2", "4", "5");
    assertThat(json.get("figures")).isNotEmpty();
    for (JsonNode figure : json.get("figures")) {
      assertThat(figure.get("spec").isNull()).isNotEqualTo(figure.get("image").isNull());
      assertThat(figure.get("caption").asText()).as(figure.get("name").asText()).contains("n = ");
    }
  }

  private static RunPack withBatch(int batch, RunPack pack) {
    return new RunPack(
        pack.runs().stream()
            .map(
                run ->
                    new RunSpec(
                        run.target(),
                        run.noise(),
                        run.latentDimension(),
                        run.generator(),
                        run.discriminator(),
                        run.loss(),
                        run.generatorOptimiser(),
                        run.discriminatorOptimiser(),
                        run.steps(),
                        batch,
                        run.samples(),
                        run.seed()))
            .toList());
  }

  @Test
  void cellsThatDifferInMoreThanTheLatentDimensionHavePanelsOfTheirOwn() throws IOException {
    for (int k = 1; k <= 2; k++) {
      for (int batch : List.of(128, 16)) {
        commit(withBatch(batch, TestRuns.pack(TARGET, k, 1, 3)), k * batch, 2 * k * batch);
      }
    }
    Summary.write(spark, folder);

    try (SweepQueries sweep = new SweepQueries(spark, folder)) {
      List<JFreeChart> panels = new KlByLatentDimension().of(sweep).get(0).sheet().panels();

      assertThat(panels)
          .extracting(panel -> panel.getTitle().getText())
          .containsExactly("eight-gaussians, batch = 16", "eight-gaussians, batch = 128");
      assertThat(panels)
          .allSatisfy(
              panel -> {
                ValueAxis y = panel.getXYPlot().getRangeAxis();
                assertThat(y.getRange()).as("one axis of a target").isEqualTo(range(panels.get(0)));
                SymbolAxis x = (SymbolAxis) panel.getXYPlot().getDomainAxis();
                assertThat(x.getSymbols()).containsExactly("1", "2");
              });
    }
    JsonNode json = Report.json(spark, folder, "1");
    assertThat(texts(json.at("/summary/columns"))).contains("variant");
    assertThat(json.get("cells"))
        .extracting(cell -> cell.get("label").asText())
        .containsExactly(
            "eight-gaussians, k = 1, batch = 16",
            "eight-gaussians, k = 1, batch = 128",
            "eight-gaussians, k = 2, batch = 16",
            "eight-gaussians, k = 2, batch = 128");
  }

  private static Range range(JFreeChart panel) {
    return panel.getXYPlot().getRangeAxis().getRange();
  }

  @Test
  void anOldReportIsShownWithTheRunsThatFinishedSince() throws IOException {
    assertThat(SweepProgress.of(folder, "1").at("/counts/finished").asInt()).isZero();
    commit(1, 4, 3, 8);
    ObjectNode old = Report.json(spark, folder, "1");
    RunPack added = commit(2, 1);

    ObjectNode now = SweepProgress.onto(old, SweepProgress.of(folder, "1"));

    assertThat(now.at("/counts/finished").asInt()).isEqualTo(6);
    assertThat(now.at("/counts/diverged").asInt()).isEqualTo(2);
    JsonNode runs = now.get("runs");
    assertThat(runs.get("total").asInt()).isEqualTo(6);
    assertThat(runs.get("rows")).hasSize(6);
    assertThat(runs.at("/rows/0")).isEqualTo(old.at("/runs/rows/0"));
    List<String> columns = texts(runs.get("columns"));
    assertThat(runs.get("rows"))
        .allSatisfy(row -> assertThat(row).hasSameSizeAs(columns))
        .anySatisfy(
            row -> {
              assertThat(row.get(0).asText()).isEqualTo(added.runs().get(0).id().hex());
              assertThat(row.get(columns.indexOf("latent_dim")).asInt()).isEqualTo(2);
              assertThat(row.get(columns.indexOf("kl_forward")).isNull()).isTrue();
            });
    assertThat(now.get("figures")).isEqualTo(old.get("figures"));
    assertThat(old.at("/counts/finished").asInt()).isEqualTo(4);
  }

  @Test
  void seedsThatJavaScriptWouldRoundAreTexts() throws IOException {
    for (long seed : new long[] {1L << 53, (1L << 53) + 1, Long.MIN_VALUE}) {
      commit(new RunPack(List.of(TestRuns.spec(TARGET, 2, seed))));
    }

    JsonNode runs = Report.json(spark, folder, "1").get("runs");

    int seed = texts(runs.get("columns")).indexOf("seed");
    assertThat(runs.get("rows"))
        .extracting(row -> row.get(seed).toString())
        .containsExactly("\"-9223372036854775808\"", "9007199254740992", "\"9007199254740993\"");
  }

  @Test
  void aFolderWithoutRunsHasAReport() throws IOException {
    JsonNode json = Report.json(spark, folder, "1");

    assertThat(json.get("counts").get("finished").asInt()).isZero();
    assertThat(json.get("figures")).isEmpty();
    assertThat(json.get("headline")).isEmpty();
  }

  @Test
  void aPageIsCurrentUntilTheTablesOrTheProgramChange() throws Exception {
    commit(1);
    Report.write(spark, folder, temp.resolve("into"), "1", tried -> {});
    String page = Files.readString(temp.resolve("into/report.html"));

    assertThat(Report.isCurrent(page, folder, "1")).isTrue();
    assertThat(Report.isCurrent(page, folder, "2")).isFalse();
    folder.planned().add(List.of(TestRuns.pack(TARGET, 2, 9, 9).runs().get(0).id()));
    assertThat(Report.isCurrent(page, folder, "1")).isFalse();
    Report.write(spark, folder, temp.resolve("into"), "1", tried -> {});
    page = Files.readString(temp.resolve("into/report.html"));
    assertThat(Report.isCurrent(page, folder, "1")).isTrue();
    commit(2);
    assertThat(Report.isCurrent(page, folder, "1")).isFalse();
  }

  private void commit(int seed) throws IOException {
    RunPack pack = TestRuns.pack(TARGET, 2, seed, seed);
    try (PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(pack.runs().get(0)));
      writer.commit();
    }
  }

  @Test
  void runsThatWereNotMeasuredHaveFigures() throws Exception {
    RunPack pack = TestRuns.pack(TARGET, 2, 1, 2);
    try (PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE)) {
      for (RunSpec spec : pack.runs()) {
        writer.add(TestRuns.completed(spec));
      }
      writer.commit();
    }

    ObjectNode shown = Report.write(spark, folder, temp.resolve("into"), "1", tried -> {});

    assertThat(temp.resolve("into/report.html")).hasContent(ReportPage.html(shown));
    assertThat(shown.at("/counts/finished").asInt()).isEqualTo(2);
    Path figures = temp.resolve("into/figures");
    assertThat(figures.resolve("kl-by-latent-dimension.csv")).doesNotExist();
    assertThat(figures.resolve("outcomes.csv"))
        .hasContent(
            "target,latent_dim,config_hash,runs,completed,diverged,failed\n"
                + "eight-gaussians,2,%s,2,2,0,0".formatted(pack.runs().get(0).configHash()));
    assertThat(ImageIO.read(figures.resolve("outcomes.png").toFile()).getWidth()).isEqualTo(660);
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    var svg = factory.newDocumentBuilder().parse(figures.resolve("outcomes.svg").toFile());
    assertThat(svg.getDocumentElement().getAttribute("width")).isEqualTo("330");
    try (Stream<Path> files = Files.list(figures)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("."));
    }
  }
}
