package org.latentsweep.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the report of a running sweep over HTTP, to browsers on this machine only. Everyone who
 * has the address with its token can see the report, and nobody can change anything.
 *
 * <p>A page on the web could make a browser send requests to this machine. They are refused because
 * they lack the token; if the page's name was rebound to this machine (DNS rebinding), they are
 * refused also because of their {@code Host} header.
 */
public final class LiveReportServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveReportServer.class);
  private static final int TOKEN_BYTES = 32; // 256 bits, too many to guess

  /**
   * Requests that are read or answered at the same time. Chosen by judgement: many more than the
   * one or two open pages need, so that requests that never end do not hold them up.
   */
  private static final int THREADS = 32;

  /** How long a request may take to arrive. Chosen by judgement: it has a few hundred bytes. */
  private static final int REQUEST_SECONDS = 5;

  static {
    // The JDK's server reads this limit once, when its first server is made; by default it has
    // none.
    System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(REQUEST_SECONDS));
  }

  /** How long {@link #close} waits for answers that have begun. Chosen by judgement. */
  private static final int CLOSE_TIMEOUT_SECONDS = 1;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Supplier<ObjectNode> report;
  private final String token = token();
  private final Set<String> hosts;

  /**
   * Starts to serve.
   *
   * @param port the TCP port, or 0 for any free one
   * @param report gives the current data; called by several threads, every two seconds for each
   *     open page. A page stops asking once the data have {@code "live": false}
   * @throws IOException if the port is taken
   */
  public LiveReportServer(int port, Supplier<ObjectNode> report) throws IOException {
    this.report = report;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    hosts = Set.of("127.0.0.1:" + port(), "localhost:" + port(), "[::1]:" + port());
    threads = Executors.newFixedThreadPool(THREADS, LiveReportServer::thread);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "live-report");
    thread.setDaemon(true); // an open page does not delay the exit of the program
    return thread;
  }

  private static String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  /** Returns the page's address, with the token. */
  public URI uri() {
    return URI.create(String.format(Locale.ROOT, "http://127.0.0.1:%d/?token=%s", port(), token));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      protect(exchange.getResponseHeaders());
      if (!allowed(exchange)) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/" -> send(exchange, "text/html; charset=utf-8", ReportPage.html(currentData()));
        case "/report.json" -> send(exchange, "application/json", currentData().toString());
        default -> exchange.sendResponseHeaders(404, -1);
      }
    } catch (RuntimeException e) {
      // The page gets no answer, tells its reader so, and asks again.
      LOG.warn("Cannot serve the live report", e);
    }
  }

  private boolean allowed(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    String host = exchange.getRequestHeaders().getFirst("Host");
    String query = exchange.getRequestURI().getRawQuery();
    return (method.equals("GET") || method.equals("HEAD"))
        && host != null
        && hosts.contains(host.toLowerCase(Locale.ROOT))
        && query != null
        && same(query, "token=" + token);
  }

  /** Compares in constant time, so that the time of an answer does not tell the token. */
  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sets headers that restrict what browsers do with an answer. The page has a policy of its own in
   * its head, which cannot contain {@code frame-ancestors} and does not apply to the data.
   */
  private static void protect(Headers headers) {
    headers.set(
        "Content-Security-Policy",
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'");
    headers.set("X-Frame-Options", "DENY");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Referrer-Policy", "no-referrer"); // the address contains the token
    headers.set("Cache-Control", "no-store");
  }

  private ObjectNode currentData() {
    ObjectNode shown = JsonNodeFactory.instance.objectNode().put("live", true);
    return shown.setAll(report.get());
  }

  private static void send(HttpExchange exchange, String type, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String tag = '"' + sha256(bytes) + '"';
    exchange.getResponseHeaders().set("ETag", tag);
    if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Stops after the answers that have begun are sent. Open pages keep what they show. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
