package org.latentsweep.execution;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Chromium without a window, controlled by the W3C's WebDriver protocol. Selenium is not used,
 * because Maven would then replace Spark's version of Guava.
 */
final class Chromium implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
  private static final int ATTEMPTS = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String session;

  private Chromium(Process driver, Path profile) throws IOException {
    this.driver = driver;
    String server = "http://127.0.0.1:" + port(driver) + "/session";
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    ObjectNode options = request.withObject("/capabilities/alwaysMatch/goog:chromeOptions");
    options.put("binary", PROGRAM.toString());
    options
        .putArray("args")
        .add("--headless=new")
        .add("--no-sandbox")
        .add("--disable-gpu")
        .add("--disable-dev-shm-usage")
        .add("--no-first-run")
        .add("--window-size=1280,1000")
        .add("--user-data-dir=" + profile);
    session = server + "/" + post(server, request).get("sessionId").asText();
  }

  /** Starts a browser, or skips the test if there is none or it does not start. */
  static Chromium start(Path profiles) {
    assumeTrue(
        PROGRAM.toFile().canExecute() && DRIVER.toFile().canExecute(),
        "needs the packages chromium and chromium-driver (%s, %s)".formatted(PROGRAM, DRIVER));
    List<String> reasons = new ArrayList<>();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return launch(profiles.resolve("attempt-" + attempt));
      } catch (IOException | RuntimeException e) {
        reasons.add(e.toString());
        pause(Duration.ofSeconds(2));
      }
    }
    return abort("Chromium does not start here: " + reasons);
  }

  private static Chromium launch(Path profile) throws IOException {
    Process driver =
        new ProcessBuilder(DRIVER.toString(), "--port=0").redirectErrorStream(true).start();
    try {
      return new Chromium(driver, profile);
    } catch (IOException | RuntimeException e) {
      driver.destroy();
      throw e;
    }
  }

  private static int port(Process driver) throws IOException {
    List<String> printed = new ArrayList<>();
    for (String line = ""; line != null; line = driver.inputReader().readLine()) {
      Matcher matcher = STARTED.matcher(line);
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
      printed.add(line);
    }
    throw new IOException("chromedriver ended. " + String.join(" | ", printed));
  }

  private JsonNode post(String uri, ObjectNode body) {
    return send(HttpRequest.newBuilder(URI.create(uri)).POST(BodyPublishers.ofString("" + body)));
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      String answer = client.send(request.build(), BodyHandlers.ofString()).body();
      JsonNode value = new ObjectMapper().readTree(answer).path("value");
      if (value.has("error")) {
        throw new IllegalStateException(value.toString());
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens a local page. */
  void open(Path page) {
    post(session + "/url", JsonNodeFactory.instance.objectNode().put("url", "" + page.toUri()));
  }

  /** Runs a script and returns its value. */
  JsonNode run(String script, String... arguments) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("script", script);
    body.set("args", new ObjectMapper().valueToTree(arguments));
    return post(session + "/execute/sync", body);
  }

  /** Waits until an expression of a script is true. */
  void until(String expression, String... arguments) {
    long start = System.nanoTime();
    while (!run("return Boolean(" + expression + ")", arguments).asBoolean()) {
      if (System.nanoTime() - start > TIMEOUT.toNanos()) {
        throw new AssertionError("not true within " + TIMEOUT + ": " + expression);
      }
      pause(Duration.ofMillis(50));
    }
  }

  private static void pause(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Moves the mouse to a place in the window. */
  void hover(int x, int y) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode mouse = body.putArray("actions").addObject().put("type", "pointer").put("id", "m");
    mouse
        .putArray("actions")
        .addObject()
        .put("type", "pointerMove")
        .put("duration", 50)
        .put("x", x)
        .put("y", y);
    post(session + "/actions", body);
  }

  /** Clicks on an element. */
  void click(String css) {
    post(session + "/element/" + element(css) + "/click", JsonNodeFactory.instance.objectNode());
  }

  /** Sends keys to an element. */
  void type(String css, String keys) {
    post(
        session + "/element/" + element(css) + "/value",
        JsonNodeFactory.instance.objectNode().put("text", keys));
  }

  private String element(String css) {
    ObjectNode by = JsonNodeFactory.instance.objectNode().put("using", "css selector");
    return post(session + "/element", by.put("value", css)).elements().next().asText();
  }

  @Override
  public void close() {
    try {
      send(HttpRequest.newBuilder(URI.create(session)).DELETE());
    } finally {
      driver.destroy();
    }
  }
}
