package org.latentsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The tables of the page. */
class ReportTablesBrowserTest extends PageInBrowser {
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

  /**
   * Asserts equal values; JavaScript and Java write some numbers differently, such as 1.0 and 1.
   */
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
  void theFirstTableShowsBothDivergencesOfEachCell() {
    assertThat(browser.find("main table caption").getText())
        .startsWith("The cells of each target,");
    assertThat(column("ranking", 3)).hasSize(15);
    assertThat(column("ranking", 8)).hasSize(15).containsOnly("∞");
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
  void writesTablesAsCsv() {
    // As JSON, since the driver makes CRLF a line feed.
    Object csv =
        browser.run(
            "return JSON.stringify(csv({columns: ['a', 'b'], rows: [['x,\"y', null], [0.1, 'Infinity']]}))");
    assertThat(csv).isEqualTo("\"a,b\\r\\n\\\"x,\\\"\\\"y\\\",\\r\\n0.1,Infinity\\r\\n\"");
    assertThat(browser.run("return csv(report.runs).trim().split('\\r\\n').length")).isEqualTo(61L);
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
}
