package org.latentsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of a sweep that runs. */
class LiveReportBrowserTest extends PageInBrowser {
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
