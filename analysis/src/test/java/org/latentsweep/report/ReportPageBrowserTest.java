package org.latentsweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.print.PrintOptions;
import org.openqa.selenium.support.ui.Select;

/** The page as a reader has it: in a browser, from a file. */
class ReportPageBrowserTest {
  private static final String FIRST_CHART = "article.figure:nth-of-type(1)";

  @TempDir static Path folder;

  private static Browser browser;
  private final ObjectNode report = SampleReport.small();

  @BeforeAll
  static void start() {
    browser = Browser.start(folder.resolve("profile"));
    browser.driver().manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    browser.width(1280, 1000);
    browser.media("prefers-color-scheme", "light");
    browser.open(ReportPage.html(report), folder.resolve("report.html"));
    browser.run("scrollTo(0, 0)");
  }

  @AfterEach
  void nothingWentWrong() throws Exception {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).isEmpty();
    browser.run("localStorage.clear()");
  }

  private String cell(int i) {
    return report.at("/cells/%d/config_hash".formatted(i)).asText();
  }

  private void openCell(int i) {
    browser.run("location.hash = 'cell=' + arguments[0]", cell(i));
    browser.until("!document.getElementById('detail').hidden");
  }

  private void drawCharts() {
    for (WebElement figure : browser.all("article.figure")) {
      browser.run("arguments[0].scrollIntoView()", figure);
      browser.until("arguments[0].querySelector('.chart').childElementCount > 0", figure);
    }
    browser.until("document.querySelectorAll('.chart canvas').length === 2");
  }

  private static List<String> column(String section, int column) {
    return browser.texts("#%s tbody td:nth-child(%d)".formatted(section, column + 1));
  }

  @Test
  void drawsEverythingWithoutAComplaintOrARequest() {
    drawCharts();
    assertThat(browser.find("h1").getText()).isEqualTo("latent-dim");
    assertThat(browser.texts(".headline li")).hasSize(2);
    assertThat(browser.texts(".counts dd")).containsExactly("60", "60", "58", "1", "1");
    browser.scrollTo(".gallery");
    browser.until("document.querySelector('.gallery canvas[data-drawn]') !== null");
    openCell(5);
    assertThat(browser.find("#detail h2").getText()).isEqualTo("gaussian, k = 1");
  }

  @Test
  void showsTheNumbersOfTheReport() {
    new Select(browser.find("#summary select[data-column=metric]")).selectByValue("");
    new Select(browser.find("#summary .pager select")).selectByValue("100");
    JsonNode table = report.get("summary");
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : table.get("rows")) {
      rows.add(StreamSupport.stream(row.spliterator(), false).map(JsonNode::asText).toList());
    }
    @SuppressWarnings("unchecked")
    List<List<String>> shown =
        (List<List<String>>)
            browser.run(
                """
                return [...document.querySelectorAll("#summary tbody tr")].map(row =>
                  [...row.cells].map(cell => cell.title || cell.textContent))
                """);
    assertThat(shown).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.get(i).size(); j++) {
        assertSameValue(shown.get(i).get(j), rows.get(i).get(j));
      }
    }
  }

  /** JavaScript and Java write some numbers otherwise, such as 1.0 and 1. */
  private static void assertSameValue(String shown, String expected) {
    if (expected.matches("-?[0-9.]+(E-?[0-9]+)?")) {
      assertThat(Double.parseDouble(shown.replace('−', '-'))).isEqualTo(Double.valueOf(expected));
    } else {
      assertThat(shown).isEqualTo(expected);
    }
  }

  @Test
  void writesThreeSignificantDigits() {
    List<String> means = column("summary", 7);
    assertThat(means).hasSize(15).first().isEqualTo("2.51");
    assertThat(means)
        .allSatisfy(
            mean -> assertThat(mean.replaceFirst("^0[.]0*", "").replace(".", "")).hasSize(3));
    assertThat(column("runs", 9)).contains("∞", "–");
  }

  @Test
  void sortsByAColumnAndBack() {
    WebElement header = browser.find("#summary thead th:nth-child(8)");
    List<Double> before = numbers(column("summary", 7));
    header.findElement(By.tagName("button")).click();
    assertThat(header.getAttribute("aria-sort")).isEqualTo("ascending");
    assertThat(numbers(column("summary", 7)))
        .isSorted()
        .containsExactlyInAnyOrderElementsOf(before);
    header.findElement(By.tagName("button")).sendKeys(Keys.ENTER);
    assertThat(header.getAttribute("aria-sort")).isEqualTo("descending");
    assertThat(numbers(column("summary", 7))).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    header.findElement(By.tagName("button")).click();
    assertThat(header.getAttribute("aria-sort")).isEqualTo("none");
    assertThat(numbers(column("summary", 7))).isEqualTo(before);
  }

  private static List<Double> numbers(List<String> texts) {
    return texts.stream().map(text -> Double.parseDouble(text.replace('−', '-'))).toList();
  }

  @Test
  void filtersByTextTargetAndMetric() {
    assertThat(column("summary", 3)).hasSize(15).containsOnly("kl_forward");
    new Select(browser.find("#summary select[data-column=target]")).selectByValue("gaussian");
    assertThat(column("summary", 0)).hasSize(5).containsOnly("gaussian");
    new Select(browser.find("#summary select[data-column=metric]")).selectByValue("");
    assertThat(column("summary", 3)).hasSize(15).contains("kl_reverse");
    browser.find("#summary input[type=search]").sendKeys("KL_MEAN");
    assertThat(column("summary", 3)).hasSize(5).containsOnly("kl_mean");
    assertThat(browser.find("#summary .count").getText()).isEqualTo("5 of 45 rows");
    assertThat(browser.find("#announcer").getAttribute("textContent")).isEqualTo("summary: 5 rows");
  }

  @Test
  void turnsPages() {
    assertThat(column("runs", 0)).hasSize(25);
    WebElement next = browser.find("#runs .pager button:last-of-type");
    browser.run("arguments[0].click(); arguments[0].click()", next);
    assertThat(column("runs", 0)).hasSize(10);
    assertThat(browser.find("#runs .pager span").getText()).isEqualTo("51–60 of 60");
    assertThat(next.isEnabled()).isFalse();
  }

  @Test
  void saysWhichCellsCannotBeToldApart() {
    new Select(browser.find("#comparisons select[data-column=told_apart]")).selectByValue("no");
    assertThat(column("comparisons", 12))
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p).isEqualTo("0.800"));
    assertThat(browser.find("#comparisons .lead").getText())
        .isEqualTo("Of the 6 pairs chosen below, 6 cannot be told apart.");
  }

  @Test
  void tellsTheRunAndSeedOfAPointInAChart() {
    drawCharts();
    browser.scrollTo(FIRST_CHART + " canvas");
    // Where Vega drew the point of a run is in the items of its scene.
    @SuppressWarnings("unchecked")
    List<Number> place =
        (List<Number>)
            browser.run(
                """
                const view = document.querySelector(arguments[0]).figureView.view;
                const mark = view.scenegraph().root.items[0].items.find(m => m.name === "marks");
                const item = mark.items.find(i => i.datum.seed === 3 && i.datum.latent_dim === 3);
                const box = view.container().querySelector("canvas").getBoundingClientRect();
                const [dx, dy] = view.origin();
                const {left, top} = view.padding();
                window.hovered = item.datum;
                return [box.x + left + dx + item.x, box.y + top + dy + item.y].map(Math.round);
                """,
                FIRST_CHART);
    new Actions(browser.driver())
        .moveToLocation(place.get(0).intValue(), place.get(1).intValue())
        .perform();
    browser.until("document.querySelector('#vg-tooltip-element.visible') !== null");
    assertThat(browser.find("#vg-tooltip-element").getText())
        .contains((String) browser.run("return hovered.run_id"))
        .containsPattern("seed:?\\s*3");
  }

  @Test
  void showsDataAndSqlBelowAFigure() {
    drawCharts();
    browser.run("document.querySelector(arguments[0] + ' details').open = true", FIRST_CHART);
    browser.until("document.querySelector(arguments[0] + ' tbody tr') !== null", FIRST_CHART);
    assertThat(browser.texts(FIRST_CHART + " thead th"))
        .containsExactly("target", "latent_dim", "run_id", "seed", "kl");
    assertThat(browser.texts(FIRST_CHART + " pre"))
        .containsExactly("SELECT target, latent_dim, seed, kl_forward FROM runs");
    assertThat(browser.texts(FIRST_CHART + " .caption").get(0))
        .isEqualTo("1 infinite value cannot be drawn; the data below has it.");
  }

  @Test
  void writesTablesAsCsv() {
    // As JSON, since the driver makes CRLF a line feed.
    Object csv =
        browser.run(
            "return JSON.stringify(csv({columns: ['a', 'b'], rows: [['x,\"y', null], [0.1, 'Infinity']]}))");
    assertThat(csv).isEqualTo("\"a,b\\r\\n\\\"x,\\\"\\\"y\\\",\\r\\n0.1,Infinity\\r\\n\"");
    assertThat(browser.run("return csv(report.runs).trim().split('\\r\\n').length")).isEqualTo(61L);
  }

  @Test
  void opensACellFromItsPictureAndGoesBack() {
    browser.scrollTo(".gallery li:nth-child(7)");
    double before = top(".gallery li:nth-child(7) a");
    browser.find(".gallery li:nth-child(7) a").click();
    browser.until("!document.getElementById('detail').hidden");
    assertThat(browser.find("#detail h2").getText()).isEqualTo("gaussian, k = 2");
    assertThat(browser.run("return document.activeElement.tagName")).isEqualTo("H2");
    assertThat(browser.find("#detail p").getText()).startsWith("covers 93% of the target");
    assertThat(browser.texts("#detail > section > section:last-of-type tbody tr")).hasSize(4);
    browser.driver().navigate().back();
    browser.until("document.getElementById('detail').hidden");
    assertThat(top(".gallery li:nth-child(7) a")).isCloseTo(before, within(2.0));
  }

  /** Where on the screen it begins, in pixels. */
  private static double top(String css) {
    return ((Number)
            browser.run("return arguments[0].getBoundingClientRect().top", browser.find(css)))
        .doubleValue();
  }

  @Test
  void opensARunFromATable() {
    browser.scrollTo("#runs tbody a");
    browser.find("#runs tbody a").click();
    browser.until("!document.getElementById('detail').hidden");
    assertThat(browser.texts("#detail .facts dt")).hasSize(report.at("/runs/columns").size());
    assertThat(browser.texts("#detail .facts dd")).contains(report.at("/runs/rows/0/0").asText());
  }

  @Test
  void scrubsThroughTheTraining() {
    openCell(6);
    WebElement slider = browser.find("#detail input[type=range]");
    String last = picture("#detail canvas");
    assertThat(browser.find("#detail output").getText()).isEqualTo("Step 3,000 of 3,000");
    slider.sendKeys(Keys.HOME);
    assertThat(browser.find("#detail output").getText()).isEqualTo("Step 0 of 3,000");
    String first = picture("#detail canvas");
    assertThat(first).isNotEqualTo(last);
    assertThat(browser.find("#detail canvas").getAttribute("aria-label"))
        .startsWith("Step 0 of training: of 600 generated points, x has mean ");
    slider.sendKeys(Keys.ARROW_RIGHT);
    assertThat(browser.find("#detail output").getText()).isEqualTo("Step 500 of 3,000");
    assertThat(picture("#detail canvas")).isNotEqualTo(first);
    browser.find("#detail .scrubber button").click();
    browser.until("document.querySelector('#detail output').value === 'Step 3,000 of 3,000'");
    browser.until("document.querySelector('#detail .scrubber button').textContent === 'Play'");
  }

  @Test
  void animatesNothingForThoseWhoAskForThat() {
    browser.media("prefers-reduced-motion", "reduce");
    openCell(6);
    browser.find("#detail input[type=range]").sendKeys(Keys.HOME);
    WebElement button = browser.find("#detail .scrubber button");
    assertThat(button.getText()).isEqualTo("Next step");
    button.click();
    assertThat(browser.find("#detail output").getText()).isEqualTo("Step 500 of 3,000");
  }

  @Test
  void linksLatentsToTheirSamples() {
    openCell(6);
    List<WebElement> canvases = browser.all("#detail canvas.brush");
    String before = picture("#detail .pictures > div:last-child canvas.brush");
    browser.run("arguments[0].scrollIntoView({block: 'center'})", canvases.get(0));
    new Actions(browser.driver())
        .moveToElement(canvases.get(0), -60, -60)
        .clickAndHold()
        .moveByOffset(120, 120)
        .release()
        .perform();
    assertThat(browser.texts("#detail figure [role=status]").get(0))
        .matches("[0-9]+ of 600 points brushed: z₁ 0[.].* to 0[.].*, z₂ .*, x .*, y .*[.]");
    assertThat(picture("#detail .pictures > div:last-child canvas.brush")).isNotEqualTo(before);
    canvases.get(0).sendKeys(Keys.ESCAPE);
    assertThat(browser.texts("#detail figure [role=status]").get(0)).isEmpty();
    canvases.get(1).sendKeys(Keys.ARROW_LEFT);
    assertThat(browser.texts("#detail figure [role=status]").get(0))
        .contains("of 600 points brushed");
  }

  private static String picture(String canvas) {
    return (String) browser.run("return document.querySelector(arguments[0]).toDataURL()", canvas);
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 400, 800, 1600})
  void fitsItsWidth(int width) {
    browser.width(width, 900);
    drawCharts();
    assertNoSideways(width);
    openCell(0);
    assertNoSideways(width);
  }

  private static void assertNoSideways(int width) {
    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
  }

  @Test
  void followsTheSystemsThemeAndTheButton() {
    drawCharts();
    assertThat(lightness()).isGreaterThan(0.9);
    browser.media("prefers-color-scheme", "dark");
    assertThat(lightness()).isLessThan(0.15);
    browser.until(
        "document.querySelector(arguments[0]).figureView.view.description() !== null", FIRST_CHART);
    browser.run("scrollTo(0, 0)");
    browser.find("#theme").click();
    assertThat(lightness()).isGreaterThan(0.9);
    assertThat(browser.find("#theme").getText()).isEqualTo("Dark");
  }

  @Test
  void keepsTheThemeThatWasChosen() throws Exception {
    browser.find("#theme").click();
    browser.open(ReportPage.html(report), folder.resolve("report.html"));
    assertThat(lightness()).isLessThan(0.15);
    assertThat(browser.find("#theme").getText()).isEqualTo("Light");
  }

  @Test
  void takesAThemeWhereNothingCanBeKept() throws Exception {
    Runnable end =
        browser.beforeEveryPage(
            """
            Object.defineProperty(window, "localStorage", {get() { throw new Error("forbidden"); }});
            """);
    try {
      browser.open(ReportPage.html(report), folder.resolve("report.html"));
      browser.find("#theme").click();
      assertThat(lightness()).isLessThan(0.15);
    } finally {
      end.run();
    }
    browser.open(ReportPage.html(report), folder.resolve("report.html"));
    assertThat(lightness()).isGreaterThan(0.9);
  }

  @Test
  void putsOnWhitePaperAlsoWhatWasNeverScrolledTo() {
    browser.media("prefers-color-scheme", "dark");
    browser.driver().print(new PrintOptions());
    assertThat(browser.all(".gallery canvas[data-drawn]")).hasSize(15);
    assertThat(browser.all(".chart canvas")).hasSize(2);
    assertThat(
            browser.run(
                """
                dispatchEvent(new Event("beforeprint"));
                const printed = isDark();
                dispatchEvent(new Event("afterprint"));
                return [printed, isDark()];
                """))
        .isEqualTo(List.of(false, true));
  }

  private static double lightness() {
    Object red =
        browser.run(
            "return Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
    return ((Number) red).doubleValue() / 255;
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void keepsNoReaderOut(String scheme) throws Exception {
    browser.media("prefers-color-scheme", scheme);
    drawCharts();
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");
    browser.assertAccessible();
    openCell(6);
    browser.assertAccessible();
    browser.width(400, 800);
    browser.assertAccessible();
  }

  @Test
  void saysWhatIsNotThereYet() throws Exception {
    ObjectNode begun = SampleReport.begun().put("live", false);
    browser.open(ReportPage.html(begun), folder.resolve("begun.html"));
    assertThat(browser.texts(".empty")).hasSize(8);
    browser.assertAccessible();
    browser.open(ReportPage.html(begun.removeAll()), folder.resolve("nothing.html"));
    assertThat(browser.texts(".empty")).hasSize(8);
  }

  @Test
  void opensTenThousandRuns() throws Exception {
    browser.open(ReportPage.html(SampleReport.large()), folder.resolve("large.html"));
    assertThat(column("summary", 3)).hasSize(25).containsOnly("kl_forward");
    assertThat(browser.find("#summary .count").getText()).isEqualTo("1,000 of 30,000 rows");
    assertThat(browser.find("#runs .count").getText()).isEqualTo("10,000 rows");
    Object ready =
        browser.run(
            "return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd");
    Object typed =
        browser.run(
            """
            const input = document.querySelector("#summary input[type=search]");
            const start = performance.now();
            input.value = "gaussian";
            input.dispatchEvent(new Event("input"));
            return performance.now() - start;
            """);
    System.out.printf(
        Locale.ROOT,
        "10,000 runs open in %.0f ms and filter in %.0f ms%n",
        ((Number) ready).doubleValue(),
        ((Number) typed).doubleValue());
    drawCharts();
  }

  @Test
  void followsASweepWithoutLosingItsPlace() throws Exception {
    AtomicReference<ObjectNode> now = new AtomicReference<>(report.deepCopy());
    try (LiveReportServer live = new LiveReportServer(0, now::get)) {
      browser.open(live.uri());
      drawCharts();
      assertThat(drawnRows(2)).isEqualTo(15);
      WebElement search = browser.find("#runs input[type=search]");
      browser.run("arguments[0].scrollIntoView()", search);
      search.sendKeys("gaussian");
      String top = "return Math.round(arguments[0].getBoundingClientRect().top)";
      Object place = browser.run(top, search);
      ObjectNode next = report.deepCopy();
      ((ObjectNode) next.get("counts")).put("finished", 59);
      ((ArrayNode) next.at("/figures/1/table/rows")).remove(0);
      now.set(next);
      browser.until("document.querySelector('.counts div:nth-child(2) dd').textContent === '59'");
      assertThat(browser.run("return document.activeElement")).isEqualTo(search);
      assertThat(search.getAttribute("value")).isEqualTo("gaussian");
      assertThat(browser.find("#runs .count").getText()).isEqualTo("40 of 60 rows");
      assertThat(drawnRows(2)).isEqualTo(14);
      assertThat(browser.run(top, search)).isEqualTo(place);
      openCell(6);
      browser.find("#detail input[type=range]").sendKeys(Keys.HOME);
      ObjectNode last = report.deepCopy().put("live", false);
      ((ObjectNode) last.at("/cells/6")).put("diagnosis", "covers all");
      now.set(last);
      browser.until("document.querySelector('#detail p').textContent === 'covers all'");
      assertThat(browser.find("#detail output").getText()).isEqualTo("Step 0 of 3,000");
      browser.until(
          "document.getElementById('live').textContent.startsWith('The sweep has ended')");
      assertThat(browser.requests())
          .isNotEmpty()
          .allMatch(uri -> uri.startsWith("http://127.0.0.1"));
    }
  }

  private static long drawnRows(int figure) {
    return (Long)
        browser.run(
            "return document.querySelector(arguments[0]).figureView.view.data('table').length",
            "article.figure:nth-of-type(%d)".formatted(figure));
  }

  @Test
  void saysThatASweepCannotBeReached() throws Exception {
    LiveReportServer live = new LiveReportServer(0, () -> report);
    browser.open(live.uri());
    browser.until("document.getElementById('live').textContent.startsWith('Live')");
    live.close();
    browser.until("document.getElementById('live').classList.contains('lost')");
    assertThat(browser.complaints()).allMatch(line -> line.contains("ERR_CONNECTION_REFUSED"));
    browser.requests();
    browser.open(ReportPage.html(report), folder.resolve("report.html"));
  }
}
