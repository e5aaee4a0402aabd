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
 * The report of a sweep that runs, served to browsers on this machine only. Whoever has the address
 * with its token sees the report, and nobody can change anything.
 *
 * <p>A page on the web could have a browser ask for what is on this machine; that fails for want of
 * the token, and under a name that was rebound to this machine by its {@code Host}.
 */
public final class LiveReport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveReport.class);
  private static final int TOKEN_BYTES = 32;
  private static final int THREADS = 2;
  private static final int PATIENCE_SECONDS = 1;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Supplier<ObjectNode> report;
  private final String token = token();
  private final Set<String> hosts;

  /**
   * Starts to serve.
   *
   * @param port where, or 0 for any that is free
   * @param report what is so now; asked by several threads, every two seconds for each page that is
   *     open. A page follows the sweep until it says {@code "live": false}
   * @throws IOException where the port is taken
   */
  public LiveReport(int port, Supplier<ObjectNode> report) throws IOException {
    this.report = report;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    hosts = Set.of("127.0.0.1:" + port(), "localhost:" + port(), "[::1]:" + port());
    threads = Executors.newFixedThreadPool(THREADS, LiveReport::thread);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "live-report");
    thread.setDaemon(true); // a page that is open holds up no exit
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

  /** The page's address, with the token. */
  public URI uri() {
    return URI.create("http://127.0.0.1:%d/?token=%s".formatted(port(), token));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      protect(exchange.getResponseHeaders());
      if (!allowed(exchange)) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/" -> send(exchange, "text/html; charset=utf-8", ReportPage.html(now()));
        case "/report.json" -> send(exchange, "application/json", now().toString());
        default -> exchange.sendResponseHeaders(404, -1);
      }
    } catch (RuntimeException e) {
      // The page says that it cannot be reached, and asks again.
      LOG.warn("Cannot say how the sweep stands", e);
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

  /** In a time that does not tell how much of it is right. */
  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  /** What the page's own policy, in its head, cannot say or says of the page alone. */
  private static void protect(Headers headers) {
    headers.set(
        "Content-Security-Policy",
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'");
    headers.set("X-Frame-Options", "DENY");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Referrer-Policy", "no-referrer"); // the address has the token
    headers.set("Cache-Control", "no-store");
  }

  private ObjectNode now() {
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

  /** Stops once the answers that have begun are sent; pages that are open keep what they show. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
