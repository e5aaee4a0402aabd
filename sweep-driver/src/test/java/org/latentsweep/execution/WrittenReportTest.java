package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.folder.SweepFolder;

/** The report that {@code run} writes, compared with the results of SQL. */
class WrittenReportTest {
  private static final Pattern EMBEDDED =
      Pattern.compile(
          "<script type=\"application/json\" id=\"report\">(.*?)</script>", Pattern.DOTALL);

  /** A script that returns the place of a point of the first figure on the screen. */
  private static final String POINT =
      """
      const view = document.querySelector("article.figure").figureView.view;
      const find = (mark, x, y) => {
        for (const item of mark.items) {
          if (mark.marktype === "symbol" && item.datum?.run_id) {
            return {x: x + item.x, y: y + item.y};
          }
          for (const inner of item.items ?? []) {
            const found = find(inner, x + (item.x ?? 0), y + (item.y ?? 0));
            if (found) {
              return found;
            }
          }
        }
        return null;
      };
      const point = find(view.scenegraph().root, 0, 0);
      const box = view.container().querySelector("canvas").getBoundingClientRect();
      const padding = view.padding();
      point.x += box.x + padding.left + view.origin()[0];
      point.y += box.y + padding.top + view.origin()[1];
      return point;
      """;

  /**
   * A script that returns the labels of the first figure's vertical axis, and the end of its range.
   */
  private static final String LABELS =
      """
      const view = document.querySelector("article.figure").figureView.view;
      const labels = [];
      const collect = (mark, orient) => {
        for (const item of mark.items) {
          if (mark.role === "axis-label" && orient === "left") {
            labels.push({value: item.datum.value, text: item.text});
          }
          (item.items ?? []).forEach(inner => collect(inner, item.orient ?? orient));
        }
      };
      collect(view.scenegraph().root);
      return {labels, end: view.scale("y").domain()[1]};
      """;

  @TempDir static Path temp;

  private static Path sweep;
  private static JsonNode report;

  @BeforeAll
  static void train() throws IOException {
    sweep = temp.resolve("sweep");
    Cli cli =
        Cli.run(
            "run",
            Cli.SMOKE,
            "--report",
            "--set",
            "output=" + sweep,
            "--set",
            "snapshots.score=false");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err().lines()).contains("report: " + sweep.resolve("report.html"));
    Matcher embedded = EMBEDDED.matcher(Files.readString(sweep.resolve("report.html")));
    assertThat(embedded.find()).isTrue();
    report = new ObjectMapper().readTree(embedded.group(1));
  }

  @Test
  void everyFigureIsCompleteInItsThreeFormats() throws Exception {
    Path figures = sweep.resolve("figures");
    Set<String> files = new TreeSet<>();
    for (JsonNode figure : report.get("figures")) {
      String name = figure.get("name").asText();
      Stream.of(".svg", ".png", ".csv").map(name::concat).forEach(files::add);
      var image = ImageIO.read(figures.resolve(name + ".png").toFile());
      var svg = parser().parse(figures.resolve(name + ".svg").toFile()).getDocumentElement();
      assertThat(image.getWidth()).isEqualTo(2 * Integer.parseInt(svg.getAttribute("width")));
      assertThat(svg.getElementsByTagName("g").getLength()).as(name).isGreaterThan(5);
      JsonNode table = figure.get("table");
      assertThat(Files.readAllLines(figures.resolve(name + ".csv")))
          .as(name)
          .startsWith(String.join(",", texts(table.get("columns"))))
          .hasSize(1 + table.get("total").asInt())
          .hasSizeGreaterThan(1);
    }
    assertThat(files).contains("kl-by-latent-dimension.svg", "history-spiral.csv", "outcomes.png");
    assertThat(figures.toFile().list()).containsExactlyInAnyOrderElementsOf(files);
  }

  @Test
  void unknownRunsToAnimateAreNamedBeforeAnythingIsWritten() {
    Path into = temp.resolve("into");
    Cli cli =
        Cli.run(
            "report",
            sweep.toString(),
            "--into",
            into.toString(),
            "--animate",
            "0123456789abcdef",
            "--animate",
            "fedcba9876543210");
    assertThat(cli.code()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err())
        .contains("Cannot animate 0123456789abcdef, fedcba9876543210: " + sweep + " holds no");
    assertThat(into).doesNotExist();
  }

  private static DocumentBuilder parser() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder();
  }

  @Test
  void theDataOfAFigureAreTheResultOfItsQuery() throws IOException {
    for (String name : List.of("kl-by-latent-dimension", "history-spiral", "outcomes")) {
      JsonNode figure =
          StreamSupport.stream(report.get("figures").spliterator(), false)
              .filter(f -> f.get("name").asText().equals(name))
              .findFirst()
              .orElseThrow();
      List<String> rows = Cli.sql(sweep, figure.at("/table/sql").asText());
      List<String> csv = Files.readAllLines(sweep.resolve("figures").resolve(name + ".csv"));
      if (name.startsWith("history")) { // the figure shows one target, and its query returns all
        rows = rows.stream().filter(row -> row.startsWith("spiral,")).toList();
      }
      assertThat(rows).as(name).hasSize(csv.size() - 1);
      assertThat(keys(rows)).isEqualTo(keys(csv.subList(1, csv.size())));
    }
  }

  /** Returns the first four columns: target, latent dimension, cell, and the run or the step. */
  private static List<String> keys(List<String> rows) {
    return rows.stream()
        .map(row -> Stream.of(row.split(",")).limit(4).collect(Collectors.joining(",")))
        .toList();
  }

  @Test
  void thePageContainsTheValuesOfTheTables() {
    assertThat(report.get("counts").toString())
        .isEqualTo("{\"planned\":8,\"finished\":8,\"completed\":8,\"diverged\":0,\"failed\":0}");
    assertThat(Cli.sql(sweep, "SELECT count(*) FROM summary"))
        .containsExactly(report.at("/summary/total").asText());
    JsonNode runs = report.get("runs");
    int kl = texts(runs.get("columns")).indexOf("kl_forward");
    assertThat(runs.get("rows")).hasSize(8);
    String run = runs.at("/rows/3/0").asText();
    List<String> values =
        Cli.sql(
            sweep,
            "SELECT value FROM metrics WHERE metric = 'kl_forward' AND step = 20 AND bandwidth > 0"
                + " AND run_id = '%s' ORDER BY bandwidth".formatted(run));
    assertThat(values).hasSize(3); // at h / 2, h and 2 h
    assertThat(runs.at("/rows/3").get(kl).asDouble()).isEqualTo(Double.parseDouble(values.get(1)));
  }

  @Test
  void theReportProcessComputesTheSameReport() throws IOException {
    SweepFolder folder = SweepFolder.open(sweep.toString(), new Configuration());
    try (ReportProcess process = new ReportProcess(folder)) {
      ObjectNode live = process.report();

      assertThat(live.remove("live").asBoolean()).isTrue();
      live.set("generated", report.get("generated"));
      assertThat(live).isEqualTo(report);
    }
  }

  @Test
  void aBrowserShowsTheSameNumbers() {
    try (Chromium browser = Chromium.start(temp.resolve("profiles"))) {
      browser.open(sweep.resolve("report.html"));
      assertTheTableSortsAndFilters(browser);
      assertAPointShowsItsRun(browser);
      assertLabelsArePlainNumbersWithinTheAxis(browser);
      assertTheSliderMovesThroughTheTraining(browser);
    }
  }

  private static void assertTheTableSortsAndFilters(Chromium browser) {
    int mean = texts(report.at("/summary/columns")).indexOf("mean");
    browser.click("#summary thead th:nth-child(%d) button".formatted(mean + 1));
    assertShown(browser, mean, "SELECT mean FROM summary WHERE metric = 'kl_skew' ORDER BY 1");
    browser.click("#summary select[data-column=target]");
    browser.type("#summary select[data-column=target]", "spiral\n");
    assertShown(
        browser,
        mean,
        "SELECT mean FROM summary WHERE metric = 'kl_skew' AND target = 'spiral' ORDER BY 1");
  }

  private static void assertShown(Chromium browser, int column, String sql) {
    JsonNode shown =
        browser.run(
            "return [...document.querySelectorAll('#summary tbody tr')].map(row =>"
                + " row.cells[%1$d].title || row.cells[%1$d].textContent)".formatted(column));
    List<Double> numbers = new ArrayList<>();
    shown.forEach(text -> numbers.add(Double.parseDouble(text.asText())));
    List<String> expected = Cli.sql(sweep, sql);
    assertThat(numbers).hasSameSizeAs(expected).isNotEmpty();
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i))
          .isCloseTo(Double.parseDouble(expected.get(i)), withinPercentage(1e-6));
    }
  }

  private static void assertAPointShowsItsRun(Chromium browser) {
    browser.run("document.querySelector('article.figure').scrollIntoView({block: 'center'})");
    browser.until("document.querySelector('article.figure')?.figureView?.view");
    browser.until("document.querySelector('article.figure .chart canvas')");
    JsonNode point = browser.run(POINT);
    browser.hover((int) point.get("x").asDouble(), (int) point.get("y").asDouble());
    browser.until("document.querySelector('#vg-tooltip-element.visible')");
    String told =
        browser.run("return document.getElementById('vg-tooltip-element').innerText").asText();
    // several points may overlap here: the one that was drawn last
    Matcher run = Pattern.compile("run\\s+(\\p{XDigit}{16})").matcher(told);
    assertThat(run.find()).as(told).isTrue();
    List<String> row =
        Cli.sql(
            sweep,
            "SELECT seed, target, latent_dim FROM runs WHERE run_id = '%s'"
                .formatted(run.group(1)));
    assertThat(row).hasSize(1);
    String[] known = row.get(0).split(",");
    assertThat(told)
        .containsPattern("seed\\s+%s\\s+target\\s+%s\\s+k\\s+%s\\b".formatted((Object[]) known));
  }

  private static void assertLabelsArePlainNumbersWithinTheAxis(Chromium browser) {
    JsonNode axis = browser.run(LABELS);
    double end = axis.get("end").asDouble();
    assertThat(axis.get("labels")).hasSizeGreaterThan(5);
    for (JsonNode label : axis.get("labels")) {
      double value = label.get("value").asDouble();
      String plain = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
      assertThat(label.get("text").asText()).isEqualTo(value <= end ? plain : "");
    }
  }

  private static void assertTheSliderMovesThroughTheTraining(Chromium browser) {
    browser.run("document.querySelector('.gallery a').click()");
    browser.until("document.querySelector('#detail input[type=range]')");
    String last = picture(browser);
    browser.type("#detail input[type=range]", "\uE011"); // the key Home in WebDriver
    browser.until("document.querySelector('#detail output').textContent === 'Step 10 of 20'");
    assertThat(picture(browser)).isNotEqualTo(last);
  }

  private static String picture(Chromium browser) {
    return browser.run("return document.querySelector('#detail canvas').toDataURL()").asText();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
