package org.latentsweep.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a report one HTML file that contains its data, its scripts and the library of its charts,
 * and loads nothing.
 */
public final class ReportPage {
  private static final List<String> OWN_SCRIPTS =
      List.of("table.js", "clouds.js", "figures.js", "page.js");
  private static final List<String> LIBRARIES = List.of("vega", "vega-lite", "vega-embed");
  private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z-]+)}}");

  /** The parts that are the same in every page. */
  private static final Map<String, String> PARTS = parts();

  private static final String TEMPLATE = resource("page.html");

  private ReportPage() {}

  /**
   * Returns the page.
   *
   * @param report the data; with {@code "live": true} the page asks the server for {@code
   *     report.json} every two seconds
   */
  public static String html(ObjectNode report) {
    Map<String, String> slots = new HashMap<>(PARTS);
    slots.put("title", escaped(report.path("sweep").asText("latentsweep")));
    slots.put("report", embeddable(report.toString()));
    slots.put("state", stateTag(report.path("state").asText("")));
    slots.put("policy", policy(report.path("live").asBoolean()));
    return SLOT.matcher(TEMPLATE)
        .replaceAll(slot -> Matcher.quoteReplacement(slots.get(slot.group(1))));
  }

  /** Returns the element that tells the state of the tables that a page shows. */
  static String stateTag(String state) {
    return String.format(
        Locale.ROOT, "<meta name=\"latentsweep-state\" content=\"%s\">", escaped(state));
  }

  private static Map<String, String> parts() {
    Map<String, String> parts = new HashMap<>();
    parts.put("style", resource("page.css"));
    parts.put("licences", escaped(resource("licences.txt")));
    parts.put(
        "own", OWN_SCRIPTS.stream().map(ReportPage::resource).collect(Collectors.joining("\n")));
    Properties places = new Properties();
    try (InputStream in = ReportPage.class.getResourceAsStream("libraries.properties")) {
      places.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String library : LIBRARIES) {
      parts.put(library, withoutSourceMap(resource("/" + places.getProperty(library))));
    }
    return parts;
  }

  /**
   * Returns the page's content security policy. It allows only this page's own scripts and styles,
   * by their hashes, so that nothing in the data can run or load anything. Vega would compile its
   * expressions with {@code eval}; the page makes it interpret them instead, so that the policy
   * needs no {@code unsafe-eval}. A saved page may connect to nothing, a live one to its server.
   */
  private static String policy(boolean live) {
    String scripts =
        List.of("own", "vega", "vega-lite", "vega-embed").stream()
            .map(name -> hash(PARTS.get(name)))
            .collect(Collectors.joining(" "));
    return String.format(
        Locale.ROOT,
        "default-src 'none'; script-src %s; style-src %s; img-src data:; connect-src %s; base-uri 'none'; form-action 'none'",
        scripts,
        hash(PARTS.get("style")),
        live ? "'self'" : "'none'");
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Escapes JSON so that an HTML parser finds no end of a script and no comment in it. */
  private static String embeddable(String json) {
    return json.replace("<", "\\u003c");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  /** Removes the reference to a source map, which a browser's tools would try to load. */
  private static String withoutSourceMap(String script) {
    return script.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "%s is not on the class path", name));
      }
      // HTML parsers read CRLF as LF, and the hashes must be of what they read.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
