package org.latentsweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium with an empty profile. */
final class Browser implements AutoCloseable {
  private static final File PROGRAM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts a browser; skips the test if none is installed. */
  static Browser start(Path profile, String... arguments) {
    assumeTrue(
        PROGRAM.canExecute() && DRIVER.canExecute(),
        "needs the packages chromium and chromium-driver (%s, %s)".formatted(PROGRAM, DRIVER));
    ChromeOptions options = new ChromeOptions();
    options.setBinary(PROGRAM);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,1000",
        "--user-data-dir=" + profile);
    options.addArguments(arguments);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    // With the driver's path given, Selenium looks for none and downloads none.
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).usingAnyFreePort().build();
    return new Browser(new ChromeDriver(service, options));
  }

  void open(String html, Path file) throws IOException {
    Files.writeString(file, html);
    open(file.toUri());
  }

  void open(URI uri) {
    driver.get(uri.toString());
  }

  /** Sets the size of the page, which may be smaller than a window can be. */
  void width(int pixels, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void media(String feature, String value) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  /**
   * Makes every page run a script before its own scripts.
   *
   * @return an action that ends this
   */
  Runnable beforeEveryPage(String script) {
    Object identifier =
        driver
            .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
            .get("identifier");
    return () ->
        driver.executeCdpCommand(
            "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", identifier));
  }

  ChromeDriver driver() {
    return driver;
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  List<String> texts(String css) {
    @SuppressWarnings("unchecked")
    List<String> texts =
        (List<String>)
            run("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css);
    return texts;
  }

  Object run(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  /** Waits until a script gives true. */
  void until(String script, Object... arguments) {
    new WebDriverWait(driver, TIMEOUT, Duration.ofMillis(50))
        .withMessage(() -> "waiting for: " + script)
        .until(d -> Boolean.TRUE.equals(run("return " + script, arguments)));
  }

  void scrollTo(String css) {
    run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", css);
  }

  /** Returns errors and warnings on the console since the last call. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(Object::toString)
        // Chromium warns that axe reads the pixels of canvases.
        .filter(line -> !line.contains("willReadFrequently"))
        .toList();
  }

  /** Returns the network addresses that pages requested since the last call. */
  List<String> requests() throws IOException {
    List<String> addresses = new ArrayList<>();
    for (var entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = new ObjectMapper().readTree(entry.getMessage()).path("message");
      String address = message.at("/params/request/url").asText();
      if (message.path("method").asText().equals("Network.requestWillBeSent")
          && address.matches("(?i)(https?|wss?):.*")) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  /** Asserts that axe finds no serious problem of accessibility. */
  void assertAccessible() throws IOException {
    // The driver runs it, since the page's policy allows no other script.
    run(axe());
    Object violations =
        ((JavascriptExecutor) driver)
            .executeAsyncScript(
                """
                const done = arguments[0];
                axe.run({resultTypes: ["violations"]}).then(result => done(result.violations
                  .filter(v => ["serious", "critical"].includes(v.impact))
                  .map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html + " " + n.failureSummary).join("; "))),
                  e => done([String(e)]));
                """);
    assertThat((List<?>) violations).isEmpty();
  }

  private static String axe() throws IOException {
    String name = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    try (InputStream in = Browser.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
