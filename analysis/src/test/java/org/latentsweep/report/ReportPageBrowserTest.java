package org.latentsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.print.PrintOptions;

/** The page as a whole: its charts, its themes, its widths, and how accessible it is. */
class ReportPageBrowserTest extends PageInBrowser {
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
  void changesTheThemeWithoutStorage() throws Exception {
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
  void printsEverythingInTheLightTheme() {
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
  void isAccessible(String scheme) throws Exception {
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
  void saysWhichPartsAreMissingYet() throws Exception {
    ObjectNode begun = SampleReport.begun().put("live", false);
    browser.open(ReportPage.html(begun), folder.resolve("begun.html"));
    assertThat(browser.texts(".empty")).hasSize(9);
    browser.assertAccessible();
    browser.open(ReportPage.html(begun.removeAll()), folder.resolve("nothing.html"));
    assertThat(browser.texts(".empty")).hasSize(9);
  }
}
