package org.latentsweep.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentsweep.cell.Ranking;
import org.latentsweep.cell.Summary;
import org.latentsweep.cell.SweepQueries;
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

/** What every registered figure must do. */
class FigureContractTest {
  private static final Pattern UNIT =
      Pattern.compile("\\bnats\\b|\\b[Ss]econds\\b|\\bunits?\\b|\\bshare\\b|\\bruns\\b");

  /** The columns that the page adds to each row of a chart's data. */
  private static final Set<String> ADDED_BY_PAGE = Set.of("panel", "label_in_target", "order");

  @TempDir static Path temp;

  /** What each figure draws of a sweep that has numbers for all of them, by the figure's class. */
  private static Map<Figure, List<DrawnFigure>> drawn;

  @BeforeAll
  static void draw() throws IOException {
    SweepFolder folder = create("full");
    commitMeasured(folder, TestRuns.pack("eight-gaussians", 2, 1, 2));
    commitMeasured(folder, TestRuns.pack("gaussian", 1, 1, 1));
    commitMeasured(folder, TestRuns.pack("normal-1d", 1, 1, 1));
    Summary.write(LocalSpark.session(), folder);
    drawn = drawnOf(folder);
  }

  private static SweepFolder create(String name) throws IOException {
    return SweepFolder.create(temp.resolve(name).toString(), new Configuration());
  }

  private static Map<Figure, List<DrawnFigure>> drawnOf(SweepFolder folder) {
    try (SweepQueries sweep = new SweepQueries(LocalSpark.session(), folder)) {
      return Figures.ALL.stream()
          .collect(Collectors.toMap(figure -> figure, figure -> figure.of(sweep)));
    }
  }

  /** Commits runs with their divergences after step 2, a snapshot's, and after the last step. */
  private static void commitMeasured(SweepFolder folder, RunPack pack) throws IOException {
    TestRuns.commit(folder, pack);
    try (TableWriter<MetricRow> writer = folder.metrics().writer("part-" + pack.id(), "kl")) {
      for (RunSpec run : pack.runs()) {
        for (int step : new int[] {2, TestRuns.STEPS}) {
          for (String metric : Ranking.METRICS) {
            writer.add(MetricRow.measured(run.id(), step, divergence(metric, run)));
          }
        }
      }
      writer.finish(Map.of());
      writer.publish();
    }
  }

  private static Metric divergence(String metric, RunSpec run) {
    double value = run.latentDimension() + 0.1 * run.seed();
    double h = Targets.named(run.target()).defaultBandwidth();
    return new Metric(
        metric, "test", value, 0.1, value - 0.2, value + 0.2, 0.01, 10, h, Double.NaN);
  }

  static List<Figure> figures() {
    return Figures.ALL;
  }

  static Stream<DrawnFigure> drawnFigures() {
    return drawn.values().stream().flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("figures")
  void isDrawnIfThereAreNumbers(Figure figure) {
    assertThat(drawn.get(figure)).isNotEmpty();
  }

  @Test
  void hasANameOfItsOwn() {
    assertThat(drawnFigures().map(DrawnFigure::name)).doesNotHaveDuplicates();
    assertThat(drawnFigures().map(DrawnFigure::name))
        .allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }

  @ParameterizedTest
  @MethodSource("drawnFigures")
  void saysItsNumbersAndUnits(DrawnFigure figure) {
    assertThat(figure.title()).isNotBlank();
    assertThat(figure.caption()).contains("n = ").containsPattern(UNIT).endsWith(".");
  }

  @ParameterizedTest
  @MethodSource("drawnFigures")
  void hasTheDataThatItDraws(DrawnFigure figure) {
    assertThat(figure.table().columns()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(figure.table().rows())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row).hasSameSizeAs(figure.table().columns()));
  }

  @ParameterizedTest
  @MethodSource("drawnFigures")
  void itsChartInThePageUsesColumnsOfItsData(DrawnFigure figure) throws IOException {
    try (InputStream in = Figures.class.getResourceAsStream(figure.kind() + ".vl.json")) {
      if (in != null) {
        JsonNode spec = new ObjectMapper().readTree(in);
        Set<String> fields = new HashSet<>(spec.findValuesAsText("field"));
        spec.findValues("as").forEach(made -> made.forEach(name -> fields.remove(name.asText())));
        fields.removeAll(spec.findValuesAsText("as"));
        fields.removeAll(ADDED_BY_PAGE);
        assertThat(figure.table().columns()).containsAll(fields);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("drawnFigures")
  void itsSheetShowsSomething(DrawnFigure figure) {
    assertThat(figure.sheet().panels()).anyMatch(panel -> panel != null);
    BufferedImage image = figure.sheet().image(0.5);
    int white = 0xFFFFFFFF;
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y));
      }
    }
    assertThat(colours).contains(white).hasSizeGreaterThan(2);
  }

  @Test
  void anEmptySweepHasNone() throws IOException {
    assertThat(drawnOf(create("empty")).values()).allMatch(List::isEmpty);
  }

  @Test
  void aSweepWhoseEveryRunFailedHasOnlyItsOutcomes() throws IOException {
    SweepFolder folder = create("failed");
    for (String target : List.of("eight-gaussians", "normal-1d", "spiral")) {
      RunPack pack = TestRuns.pack(target, 2, 1, 2);
      try (PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE)) {
        for (RunSpec run : pack.runs()) {
          writer.add(TestRuns.failed(run));
        }
        writer.commit();
      }
    }
    Summary.write(LocalSpark.session(), folder);

    assertThat(drawnOf(folder).values().stream().flatMap(List::stream))
        .extracting(DrawnFigure::name)
        .containsExactlyInAnyOrder("outcomes", "quantile-function");
  }
}
