package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricTest {

  @Test
  void rejectsWhatCannotBe() {
    assertRejected(() -> metric(" ", 0.1, 0, 1, 5), "its name or estimator is blank");
    assertRejected(
        () -> metric("js", -0.1, 0, 1, 5), "standard error must not be negative, found -0.1");
    assertRejected(() -> metric("js", 0.1, 2, 1, 5), "interval [2.0, 1.0] is reversed");
    assertRejected(() -> metric("js", 0.1, 0, 1, 0), "n must be above 0, found 0");
  }

  @Test
  void allowsNoStandardError() {
    assertThat(metric("js", Double.NaN, Double.NaN, Double.NaN, 5).standardError()).isNaN();
  }

  private static Metric metric(String name, double error, double low, double high, long n) {
    return new Metric(name, "exact", 0.5, error, low, high, 0, n, 0.1, Double.NaN);
  }

  private static void assertRejected(Runnable make, String reason) {
    assertThatThrownBy(make::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot make a metric: " + reason);
  }
}
