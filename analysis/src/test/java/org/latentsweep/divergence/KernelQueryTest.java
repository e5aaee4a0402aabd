package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KernelQueryTest {

  @Test
  void agreesWithTheExactSumAtEveryDistance() {
    double h = 0.1;
    float[] points = DivergenceLaws.draw(DivergenceLaws.EIGHT, 2_000, 1);
    KernelSites sites = KernelSites.of(points, 2, h / 5);
    KernelQuery query = new KernelQuery(sites, h);
    for (double r = 0.1; r < 1e6; r *= 1.3) {
      double exact = DivergenceLaws.exactLogDensity(points, h, r * 0.8, r * 0.6);
      double value = query.at(r * 0.8, r * 0.6).logDensity();
      assertThat(value).isCloseTo(exact, within(0.01 + 2e-4 * Math.abs(exact)));
    }
  }

  @Test
  void agreesWithScipy() throws IOException {
    for (int d = 1; d <= 2; d++) {
      double h = d == 1 ? 0.1 : 0.2;
      float[] points = golden("sample," + d + "," + h + ",").flat();
      // cells so fine that each sample is its own site
      KernelSites sites = KernelSites.of(points, d, 1e-6);
      KernelQuery query = new KernelQuery(sites, h);
      for (double[] row : golden("query," + d + "," + h + ",").rows()) {
        double value = query.at(row[0], d == 1 ? 0 : row[1]).logDensity();
        assertThat(value).isCloseTo(row[d], within(1e-5 * (1 + Math.abs(row[d]))));
        double[] x = Arrays.copyOf(row, d);
        assertThat(DivergenceLaws.exactLogDensity(points, h, x))
            .isCloseTo(row[d], within(1e-5 * (1 + Math.abs(row[d]))));
      }
    }
  }

  @Test
  void isFiniteAsFarAsFloatsReach() {
    float[] points = {Float.MAX_VALUE, -Float.MAX_VALUE, 1e30f, 1e30f, 1e7f, 3f};
    KernelSites sites = KernelSites.of(points, 2, 0.003);
    assertThat(sites.size()).isEqualTo(3);
    double logDensity = new KernelQuery(sites, 0.015).at(0, 0).logDensity();
    assertThat(logDensity).isCloseTo(-1e14 / (2 * 0.015 * 0.015), within(1e11));
  }

  @Test
  void concentrationCountsTheSamplesThatMatter() {
    float[] points = {1, 0, -1, 0, 0, 1, 0, -1, 50, 50};
    KernelQuery query = new KernelQuery(KernelSites.of(points, 2, 0.02), 0.1);
    assertThat(query.at(0, 0).concentration()).isCloseTo(0.25, within(1e-12));
    assertThat(query.at(1, 0).concentration()).isCloseTo(1, within(1e-12));
  }

  @Test
  void leavingOneOutIsTheDifferenceOfTwoSums() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.EIGHT, 200, 5);
    double h = 0.1;
    KernelSites sites = KernelSites.of(points, 2, 1e-6);
    for (double r : new double[] {0, 1, 2, 3, 5, 50}) {
      double[] loss = new double[sites.size()];
      new KernelQuery(sites, h).addLeaveOneOut(r, 0.3 * r, 2, loss);
      for (int s = 0; s < sites.size(); s++) {
        float[] others = without(points, sites.x(s), sites.y(s));
        double all = DivergenceLaws.exactLogDensity(points, h, r, 0.3 * r) + Math.log(200);
        double rest = DivergenceLaws.exactLogDensity(others, h, r, 0.3 * r) + Math.log(199);
        assertThat(loss[s]).isCloseTo(2 * (all - rest), within(1e-6 * (1 + loss[s])));
      }
    }
  }

  private static float[] without(float[] points, double x, double y) {
    int[] kept =
        IntStream.range(0, points.length / 2)
            .filter(i -> points[2 * i] != (float) x || points[2 * i + 1] != (float) y)
            .toArray();
    float[] others = new float[2 * kept.length];
    for (int a = 0; a < kept.length; a++) {
      others[2 * a] = points[2 * kept[a]];
      others[2 * a + 1] = points[2 * kept[a] + 1];
    }
    assertThat(others.length).isEqualTo(points.length - 2);
    return others;
  }

  @Test
  void onlySitesThatCanMatterAreRelevant() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.EIGHT, 1_000, 6);
    for (int i = 0; i < points.length; i++) {
      points[i] *= 100;
    }
    double h = 0.1;
    KernelSites sites = KernelSites.of(points, 2, h / 5);
    int[] relevant = KernelQuery.relevantSites(sites, 4, h);
    assertThat(relevant.length).isLessThan(sites.size() / 4);
    KernelQuery some = new KernelQuery(sites.subset(relevant), h);
    KernelQuery all = new KernelQuery(sites, h);
    for (double x = -4; x <= 4; x++) {
      for (double y = -4; y <= 4; y++) {
        assertThat(some.at(x, y).logDensity()).isEqualTo(all.at(x, y).logDensity());
      }
    }
  }

  private record Golden(List<double[]> rows) {
    float[] flat() {
      int d = rows.get(0).length;
      float[] points = new float[rows.size() * d];
      for (int i = 0; i < points.length; i++) {
        points[i] = (float) rows.get(i / d)[i % d];
      }
      return points;
    }
  }

  private static Golden golden(String prefix) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    KernelQueryTest.class.getResourceAsStream("/golden/gaussian_kde.csv")),
                StandardCharsets.US_ASCII))) {
      return new Golden(
          reader
              .lines()
              .filter(line -> line.startsWith(prefix))
              .map(line -> line.substring(prefix.length()).split(","))
              .map(fields -> Arrays.stream(fields).mapToDouble(Double::parseDouble).toArray())
              .toList());
    }
  }
}
