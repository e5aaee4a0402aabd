package org.latentsweep.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.mlflow.tracking.MlflowClient;

class PatienceTest {
  @Test
  void givesTheResult() {
    try (Patience patience = new Patience(Duration.ofMinutes(1))) {
      assertThat(patience.await(() -> 42)).isEqualTo(42);
    }
  }

  @Test
  void givesUp() {
    try (Patience patience = new Patience(Duration.ofSeconds(1))) {
      assertThatThrownBy(
              () ->
                  patience.await(
                      () -> {
                        new CountDownLatch(1).await();
                        return 0;
                      }))
          .hasMessage("no answer in 1 s");
    }
  }

  @Test
  void tellsWhyThereIsNoServer() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (Patience patience = new Patience(Duration.ofMinutes(1))) {
      assertThatThrownBy(
              () ->
                  patience.await(
                      () -> new Experiment(new MlflowClient("http://127.0.0.1:" + port), "x")))
          .hasMessageContaining("Connection refused");
      assertThatThrownBy(() -> patience.await(() -> new MlflowClient("sqlite:///mlflow.db")))
          .hasMessageContaining("sqlite");
    }
  }
}
