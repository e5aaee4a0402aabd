package org.latentsweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The pages of cells and of runs. */
class ReportCellsBrowserTest extends PageInBrowser {
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

  /** Returns the distance from the top of the screen, in pixels. */
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
  void doesNotAnimateIfTheReaderPrefersReducedMotion() {
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
}
