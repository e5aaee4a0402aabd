package org.latentsweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveReportServerTest {
  private final AtomicReference<ObjectNode> report =
      new AtomicReference<>(JsonNodeFactory.instance.objectNode().put("sweep", "first"));
  private final HttpClient client = HttpClient.newHttpClient();
  private LiveReportServer live;

  @BeforeEach
  void start() throws IOException {
    live = new LiveReportServer(0, report::get);
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private URI at(String path) {
    return live.uri().resolve(path + "?" + live.uri().getRawQuery());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(URI uri) throws Exception {
    return send(HttpRequest.newBuilder(uri));
  }

  @Test
  void servesThePageAndItsData() throws Exception {
    HttpResponse<String> page = get(live.uri());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body()).contains("<title>first</title>").contains("connect-src 'self'");
    HttpResponse<String> data = get(at("/report.json"));
    assertThat(new ObjectMapper().readTree(data.body()))
        .isEqualTo(new ObjectMapper().readTree("{\"live\": true, \"sweep\": \"first\"}"));
  }

  @Test
  void saysWhenTheSweepHasEnded() throws Exception {
    report.set(JsonNodeFactory.instance.objectNode().put("live", false));
    assertThat(get(at("/report.json")).body()).isEqualTo("{\"live\":false}");
  }

  @Test
  void sendsDataAgainOnlyOnceItChanged() throws Exception {
    String tag = get(at("/report.json")).headers().firstValue("ETag").orElseThrow();
    HttpRequest.Builder again =
        HttpRequest.newBuilder(at("/report.json")).header("If-None-Match", tag);
    assertThat(send(again).statusCode()).isEqualTo(304);
    report.set(JsonNodeFactory.instance.objectNode().put("sweep", "second"));
    HttpResponse<String> changed = send(again);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("second");
    assertThat(changed.headers().firstValue("ETag")).isNotEqualTo(tag);
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    HttpResponse<String> head =
        send(HttpRequest.newBuilder(at("/report.json")).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length"))
        .hasValue(get(at("/report.json")).body().length());
  }

  @Test
  void protectsWhatItServes() throws Exception {
    for (URI uri :
        new URI[] {live.uri(), at("/report.json"), at("/none"), live.uri().resolve("/")}) {
      var headers = get(uri).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .contains("frame-ancestors 'none'");
      assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/?token=", "/?token=0", "/report.json", "/report.json?token=0", "/x"})
  void refusesRequestsWithoutTheToken(String path) throws Exception {
    HttpResponse<String> refused = get(live.uri().resolve(path));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/report", "/report.json/", "/page.js", "/../etc/passwd", "//"})
  void servesNothingElse(String path) throws Exception {
    String request = "GET %s?%s HTTP/1.1".formatted(path, live.uri().getRawQuery());
    assertThat(raw(request, "127.0.0.1:" + live.uri().getPort())).startsWith("HTTP/1.1 404");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
  void refusesMethodsThatChangeThings(String method) throws Exception {
    String request = "%s /?%s HTTP/1.1".formatted(method, live.uri().getRawQuery());
    assertThat(raw(request, "127.0.0.1:" + live.uri().getPort())).startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:%d", "localhost:%d", "LOCALHOST:%d", "[::1]:%d"})
  void answersUnderItsOwnNames(String host) throws Exception {
    assertThat(rawGet(host.formatted(live.uri().getPort()))).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:%d",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:%d",
        "x@127.0.0.1:%d"
      })
  void refusesAnotherName(String host) throws Exception {
    assertThat(rawGet(host.formatted(live.uri().getPort()))).startsWith("HTTP/1.1 403");
  }

  @Test
  void isNotReachedFromOtherMachines() throws Exception {
    for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(network.getInetAddresses())) {
        if (!address.isLoopbackAddress()) {
          assertThatThrownBy(() -> new Socket(address, live.uri().getPort()).close())
              .isInstanceOf(IOException.class);
        }
      }
    }
  }

  @Test
  void refusesAPortThatIsTaken() {
    assertThatThrownBy(() -> new LiveReportServer(live.uri().getPort(), report::get))
        .isInstanceOf(BindException.class);
  }

  @Test
  void freesItsPortWhenClosed() throws Exception {
    int port = live.uri().getPort();
    live.close();
    live = new LiveReportServer(port, report::get);
    assertThat(get(live.uri()).statusCode()).isEqualTo(200);
  }

  @Test
  void hasAnotherTokenEachTime() throws Exception {
    try (LiveReportServer other = new LiveReportServer(0, report::get)) {
      assertThat(other.uri().getQuery()).isNotEqualTo(live.uri().getQuery()).hasSize(6 + 64);
    }
  }

  private String rawGet(String host) throws IOException {
    return raw("GET /?%s HTTP/1.1".formatted(live.uri().getRawQuery()), host);
  }

  /** Sends a request that Java's client would refuse to send. */
  private String raw(String request, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), live.uri().getPort())) {
      OutputStream out = socket.getOutputStream();
      String lines = request + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      out.write(lines.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(64), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  @Timeout(30)
  void requestsThatNeverEndDoNotHoldUpOthers() throws Exception {
    List<Socket> halves = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        Socket half = new Socket(live.uri().getHost(), live.uri().getPort());
        halves.add(half);
        half.getOutputStream().write("GET / HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(get(live.uri()).statusCode()).isEqualTo(200);
      assertThat(halves.get(0).getInputStream().read()).isEqualTo(-1); // closed after some seconds
    } finally {
      for (Socket half : halves) {
        half.close();
      }
    }
  }
}
