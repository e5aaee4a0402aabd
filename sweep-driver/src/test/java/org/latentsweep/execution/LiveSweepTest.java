package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The report that {@code run --live} serves. */
class LiveSweepTest {
  private static final String LIVE = "live: ";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  private Object[] sweep(String live) {
    return new Object[] {
      "run",
      Cli.SMOKE,
      live,
      "--report",
      "--set",
      "output=" + folder.resolve("sweep"),
      "--set",
      "run.steps=100000",
      "--set",
      "snapshots.every=50000",
      "--set",
      "metrics=[]"
    };
  }

  @Test
  @Timeout(300)
  void thePageFollowsTheSweepToItsEnd() throws Exception {
    Path log = folder.resolve("log");
    Process process = Cli.start(log, sweep("--live"));
    try {
      URI page = address(log, process);
      HttpResponse<String> html = get(page);
      assertThat(html.statusCode()).isEqualTo(200);
      assertThat(html.body()).contains("<!doctype html>", "\"live\":true");
      URI data = page.resolve("/report.json?" + page.getQuery());
      assertThat(get(page.resolve("/report.json")).statusCode()).isEqualTo(403);

      List<Integer> finished = new ArrayList<>();
      JsonNode report;
      do {
        Thread.sleep(500);
        report = new ObjectMapper().readTree(get(data).body());
        finished.add(report.at("/counts/finished").asInt());
      } while (report.get("live").asBoolean());

      assertThat(finished).isSorted().startsWith(0).endsWith(8).anyMatch(n -> n > 0 && n < 8);
      assertThat(report.at("/runs/rows")).hasSize(8);
      assertThat(report.get("figures")).as("of the report that the sweep wrote").isNotEmpty();
      assertThat(process.waitFor()).as(Files.readString(log)).isZero();
      assertThatThrownBy(() -> get(data)).isInstanceOf(ConnectException.class);
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** Waits until the address is printed. */
  private static URI address(Path log, Process process) throws Exception {
    Optional<String> line = Optional.empty();
    while (line.isEmpty() && process.isAlive()) {
      Thread.sleep(100);
      line = Files.readString(log).lines().filter(text -> text.startsWith(LIVE)).findFirst();
    }
    URI address = URI.create(line.orElseThrow().substring(LIVE.length()));
    assertThat(address.getHost()).isEqualTo("127.0.0.1");
    return address;
  }

  private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void aPortThatIsTakenIsAnErrorBeforeAnythingIsTrained() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cli cli = Cli.run(sweep("--live=" + taken.getLocalPort()));

      assertThat(cli.code()).isEqualTo(3);
      assertThat(cli.err())
          .isEqualTo(
              "Cannot serve the live report on port %d: Address already in use%n"
                  .formatted(taken.getLocalPort()));
    }
    assertThat(folder.resolve("sweep/runs").toFile().list()).allMatch(name -> name.startsWith("_"));
  }
}
