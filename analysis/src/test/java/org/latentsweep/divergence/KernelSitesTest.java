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

class KernelSitesTest {

  @Test
  void agreesWithTheExactSumAtEveryDistance() {
    double h = 0.1;
    float[] points = Fixtures.draw(Fixtures.EIGHT, 2_000, 1);
    KernelSites sites = new KernelSites(points, 2, h / 5);
    KernelSites.Query query = sites.new Query(h);
    for (double r = 0.1; r < 1e6; r *= 1.3) {
      double exact = Fixtures.exactLogDensity(points, h, r * 0.8, r * 0.6);
      double value = query.logSum(r * 0.8, r * 0.6) - sites.logNorm(h);
      assertThat(value).isCloseTo(exact, within(0.01 + 2e-4 * Math.abs(exact)));
    }
  }

  @Test
  void agreesWithScipy() throws IOException {
    for (int d = 1; d <= 2; d++) {
      double h = d == 1 ? 0.1 : 0.2;
      float[] points = golden("sample," + d + "," + h + ",").flat();
      // cells so fine that each sample is its own site
      KernelSites sites = new KernelSites(points, d, 1e-6);
      KernelSites.Query query = sites.new Query(h);
      for (double[] row : golden("query," + d + "," + h + ",").rows()) {
        double value = query.logSum(row[0], d == 1 ? 0 : row[1]) - sites.logNorm(h);
        assertThat(value).isCloseTo(row[d], within(1e-5 * (1 + Math.abs(row[d]))));
        double[] x = Arrays.copyOf(row, d);
        assertThat(Fixtures.exactLogDensity(points, h, x))
            .isCloseTo(row[d], within(1e-5 * (1 + Math.abs(row[d]))));
      }
    }
  }

  @Test
  void isFiniteAsFarAsFloatsReach() {
    float[] points = {Float.MAX_VALUE, -Float.MAX_VALUE, 1e30f, 1e30f, 1e7f, 3f};
    KernelSites sites = new KernelSites(points, 2, 0.003);
    assertThat(sites.size()).isEqualTo(3);
    double logSum = sites.new Query(0.015).logSum(0, 0);
    assertThat(logSum).isCloseTo(-1e14 / (2 * 0.015 * 0.015), within(1e11));
  }

  @Test
  void takesTheSamplesOfACellTogether() {
    float[] points = {0.01f, 0.02f, 0.03f, 0.04f, 0.11f, 0.02f};
    KernelSites sites = new KernelSites(points, 2, 0.1);
    assertThat(sites.size()).isEqualTo(2);
    assertThat(sites.count(0)).isEqualTo(2);
    assertThat(sites.x(0)).isCloseTo(0.02, within(1e-7));
    assertThat(sites.y(0)).isCloseTo(0.03, within(1e-7));
  }

  @Test
  void concentrationCountsTheSamplesThatMatter() {
    float[] points = {1, 0, -1, 0, 0, 1, 0, -1, 50, 50};
    KernelSites.Query query = new KernelSites(points, 2, 0.02).new Query(0.1);
    query.logSum(0, 0);
    assertThat(query.concentration()).isCloseTo(0.25, within(1e-12));
    query.logSum(1, 0);
    assertThat(query.concentration()).isCloseTo(1, within(1e-12));
  }

  @Test
  void leavingOneOutIsTheDifferenceOfTwoSums() {
    float[] points = Fixtures.draw(Fixtures.EIGHT, 200, 5);
    double h = 0.1;
    KernelSites sites = new KernelSites(points, 2, 1e-6);
    for (double r : new double[] {0, 1, 2, 3, 5, 50}) {
      double[] loss = new double[sites.size()];
      sites.new Query(h).addLeaveOneOut(r, 0.3 * r, 2, loss);
      for (int s = 0; s < sites.size(); s++) {
        float[] others = without(points, sites.x(s), sites.y(s));
        double all = Fixtures.exactLogDensity(points, h, r, 0.3 * r) + Math.log(200);
        double rest = Fixtures.exactLogDensity(others, h, r, 0.3 * r) + Math.log(199);
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
    float[] points = Fixtures.draw(Fixtures.EIGHT, 1_000, 6);
    for (int i = 0; i < points.length; i++) {
      points[i] *= 100;
    }
    double h = 0.1;
    KernelSites sites = new KernelSites(points, 2, h / 5);
    int[] relevant = sites.relevantTo(4, h);
    assertThat(relevant.length).isLessThan(sites.size() / 4);
    KernelSites.Query some = sites.subset(relevant).new Query(h);
    KernelSites.Query all = sites.new Query(h);
    for (double x = -4; x <= 4; x++) {
      for (double y = -4; y <= 4; y++) {
        assertThat(some.logSum(x, y)).isEqualTo(all.logSum(x, y));
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
                    KernelSitesTest.class.getResourceAsStream("/golden/gaussian_kde.csv")),
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
