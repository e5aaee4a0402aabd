package org.latentsweep.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.mlflow.tracking.MlflowClient;

class TimeLimiterTest {
  @Test
  void returnsTheResult() {
    try (TimeLimiter limiter = new TimeLimiter(Duration.ofMinutes(1))) {
      assertThat(limiter.call(() -> 42)).isEqualTo(42);
    }
  }

  @Test
  void failsAfterTheTimeout() {
    try (TimeLimiter limiter = new TimeLimiter(Duration.ofSeconds(1))) {
      assertThatThrownBy(
              () ->
                  limiter.call(
                      () -> {
                        new CountDownLatch(1).await();
                        return 0;
                      }))
          .hasMessage("no answer in 1 s");
    }
  }

  @Test
  void reportsTheReasonOfAFailure() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (TimeLimiter limiter = new TimeLimiter(Duration.ofMinutes(1))) {
      assertThatThrownBy(
              () ->
                  limiter.call(
                      () -> new Experiment(new MlflowClient("http://127.0.0.1:" + port), "x")))
          .hasMessageContaining("Connection refused");
      assertThatThrownBy(() -> limiter.call(() -> new MlflowClient("sqlite:///mlflow.db")))
          .hasMessageContaining("sqlite");
    }
  }
}
