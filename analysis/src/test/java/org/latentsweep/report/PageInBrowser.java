package org.latentsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** A report's page in a browser, opened from a file. Tests of its parts extend this class. */
abstract class PageInBrowser {
  static final String FIRST_CHART = "article.figure:nth-of-type(1)";

  @TempDir static Path folder;

  static Browser browser;
  final ObjectNode report = SampleReport.small();

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

  String cell(int i) {
    return report.at("/cells/%d/config_hash".formatted(i)).asText();
  }

  void openCell(int i) {
    browser.run("location.hash = 'cell=' + arguments[0]", cell(i));
    browser.until("!document.getElementById('detail').hidden");
  }

  void drawCharts() {
    for (WebElement figure : browser.all("article.figure")) {
      browser.run("arguments[0].scrollIntoView()", figure);
      browser.until("arguments[0].querySelector('.chart').childElementCount > 0", figure);
    }
    browser.until("document.querySelectorAll('.chart canvas').length === 2");
  }

  static List<String> column(String section, int column) {
    return browser.texts("#%s tbody td:nth-child(%d)".formatted(section, column + 1));
  }

  static String picture(String canvas) {
    return (String) browser.run("return document.querySelector(arguments[0]).toDataURL()", canvas);
  }
}
