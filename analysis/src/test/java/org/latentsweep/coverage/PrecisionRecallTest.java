package org.latentsweep.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.Metric;

class PrecisionRecallTest {

  @Test
  void jackknifeErrorsAreThoseOfLeavingEachSampleOut() {
    float[] real = CoverageLaws.draw(CoverageLaws.EIGHT, 90, 1);
    float[] generated = CoverageLaws.draw(CoverageLaws.ring(0.3, 1, 1, 1, 0, 1, 1, 0.2, 1), 70, 2);
    PrecisionRecall measure = PrecisionRecall.of(real, 2);
    List<Metric> estimates = measure.estimates(generated);
    assertThat(error(estimates, "recall"))
        .isPositive()
        .isCloseTo(jackknife(measure, generated, "recall"), within(1e-12));
    assertThat(error(estimates, "coverage"))
        .isPositive()
        .isCloseTo(jackknife(measure, generated, "coverage"), within(1e-12));
  }

  private static double jackknife(PrecisionRecall measure, float[] points, String metric) {
    int n = points.length / 2;
    double[] values = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      float[] others = new float[points.length - 2];
      System.arraycopy(points, 0, others, 0, 2 * i);
      System.arraycopy(points, 2 * i + 2, others, 2 * i, points.length - 2 - 2 * i);
      values[i] = estimate(measure.estimates(others), metric).value();
      mean += values[i] / n;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt((n - 1.0) / n * squares);
  }

  private static double error(List<Metric> estimates, String metric) {
    return estimate(estimates, metric).standardError();
  }

  private static Metric estimate(List<Metric> estimates, String metric) {
    return estimates.stream().filter(e -> e.metric().equals(metric)).findFirst().orElseThrow();
  }
}
