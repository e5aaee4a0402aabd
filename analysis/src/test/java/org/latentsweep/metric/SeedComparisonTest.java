package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SeedComparisonTest {
  /** Made by {@code comparisons.py} beside the file, with scipy 1.10.1 and numpy 1.24.2. */
  private static JsonNode golden() throws IOException {
    return new ObjectMapper()
        .readTree(SeedComparisonTest.class.getResourceAsStream("/golden/comparisons.json"));
  }

  private static SortedMap<Long, Double> seeds(long first, double... values) {
    SortedMap<Long, Double> seeds = new TreeMap<>();
    for (double value : values) {
      seeds.put(first + seeds.size(), value);
    }
    return seeds;
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static SeedComparison compare(SortedMap<Long, Double> a, SortedMap<Long, Double> b) {
    return SeedComparison.of(a, b, true, Optional.empty()).orElseThrow();
  }

  private static double[] exp(double[] logs) {
    return Arrays.stream(logs).map(Math::exp).toArray();
  }

  private static void assertIs(
      double difference, double low, double high, double p, JsonNode expected) {
    double width = expected.get("high").doubleValue() - expected.get("low").doubleValue();
    assertThat(difference)
        .isCloseTo(expected.get("difference").doubleValue(), within(1e-12 * width));
    assertThat(low).isCloseTo(expected.get("low").doubleValue(), within(1e-7 * width));
    assertThat(high).isCloseTo(expected.get("high").doubleValue(), within(1e-7 * width));
    assertThat(p).isCloseTo(expected.get("p").doubleValue(), Percentage.withPercentage(1e-5));
  }

  private static void assertValuesAre(SeedComparison found, JsonNode expected) {
    assertIs(found.difference(), found.ciLow(), found.ciHigh(), found.p(), expected);
  }

  private static void assertLogsAre(SeedComparison found, JsonNode expected) {
    assertIs(
        Math.log(found.ratio()),
        Math.log(found.ratioLow()),
        Math.log(found.ratioHigh()),
        found.p(),
        expected);
  }

  @Test
  void agreesWithScipy() throws IOException {
    int paired = 0;
    for (JsonNode row : golden().get("comparisons")) {
      double[] a = numbers(row.get("a"));
      double[] b = numbers(row.get("b"));
      if (a.length == 2) {
        continue; // two seeds give no test
      }
      SeedComparison welch = compare(seeds(1, a), seeds(1000, b));
      assertThat(welch.test()).isEqualTo(SeedComparison.Test.WELCH);
      assertThat(welch.ratio()).as("of negative values").isNaN();
      assertValuesAre(welch, row.get("welch"));
      SeedComparison logs = compare(seeds(1, exp(a)), seeds(1000, exp(b)));
      assertThat(logs.test()).isEqualTo(SeedComparison.Test.LOG_WELCH);
      assertThat(logs.countA()).isEqualTo(a.length);
      assertThat(logs.countB()).isEqualTo(b.length);
      assertLogsAre(logs, row.get("welch"));
      if (row.has("paired") && a.length >= 8) {
        assertValuesAre(compare(seeds(1, a), seeds(1, b)), row.get("paired"));
        assertLogsAre(compare(seeds(1, exp(a)), seeds(1, exp(b))), row.get("paired"));
        paired++;
      }
    }
    assertThat(paired).isEqualTo(2);
  }

  @Test
  void theVarianceOfAllCellsIsUsed() {
    double[] a = {0.1, 0.2, 0.15, 0.12};
    double[] b = {0.3, 0.25, 0.6, 0.4, 0.2};
    double[] c = {0.5, 0.7, 0.4};
    List<double[]> logs =
        Stream.of(a, b, c).map(cell -> Arrays.stream(cell).map(Math::log).toArray()).toList();

    // scipy 1.17.1: stats.levene(..., center='median'), and stats.t
    assertThat(LogVariance.levene(logs)).isCloseTo(0.6855248344539275, within(1e-9));
    SeedComparison found =
        SeedComparison.of(seeds(1, a), seeds(1, b), false, LogVariance.common(logs)).orElseThrow();
    assertThat(found.test().tableName()).isEqualTo("log-pooled-t");
    assertThat(found.p()).isCloseTo(0.0060839641426736904, within(1e-9));
    assertThat(found.ratio()).isCloseTo(0.4244388459713785, within(1e-12));
    assertThat(found.ratioLow()).isCloseTo(0.24635437126090942, within(1e-8));
    assertThat(found.ratioHigh()).isCloseTo(0.7312569005675313, within(1e-8));
  }

  @Test
  void variancesThatDifferAreNotPooled() {
    double[] wide = {-3, -2, -1, 0, 1, 2, 3};
    double[] narrow = {-0.03, -0.02, -0.01, 0, 0.01, 0.02, 0.03};

    assertThat(LogVariance.common(List.of(wide, narrow))).isEmpty();
    assertThat(LogVariance.common(List.of(wide, wide, new double[] {7}))).isPresent();
    assertThat(LogVariance.common(List.of(new double[] {1, 1}, new double[] {7}))).isEmpty();
  }

  @Test
  void pairsEightSeedsWithSharedWeightsAlone() {
    SortedMap<Long, Double> a = seeds(1, 9, 9, 1, 2, 4, 1, 2, 3, 4, 5);
    SortedMap<Long, Double> b = seeds(3, 3, 5, 5, 2, 1, 4, 2, 1, 99);

    SeedComparison found = compare(a, b);
    assertThat(found.test().tableName()).isEqualTo("log-paired-t");
    assertThat(found.countA()).isEqualTo(8);
    assertThat(found.countB()).isEqualTo(8);

    SeedComparison other = SeedComparison.of(a, b, false, Optional.empty()).orElseThrow();
    assertThat(other.test().tableName()).isEqualTo("log-welch");
    assertThat(other.countA()).isEqualTo(10);
    assertThat(other.countB()).isEqualTo(9);
    assertThat(compare(seeds(1, 1, 2, 3, 4, 5, 6, 7), seeds(1, 1, 2, 4, 3, 5, 6, 7)).test())
        .isEqualTo(SeedComparison.Test.LOG_WELCH);
  }

  @Test
  void oneSeedIsNotEnough() {
    assertThat(SeedComparison.of(seeds(1, 1, 2), seeds(1, 1), true, Optional.empty())).isEmpty();
    assertThat(SeedComparison.of(seeds(1), seeds(1, 1, 2), true, Optional.empty())).isEmpty();
  }

  @Test
  void twoSeedsGiveARatioWithoutATest() {
    SeedComparison found = compare(seeds(1, 1, 4), seeds(1, 1, 1.1, 0.9));

    assertThat(found.ratio()).isCloseTo(2 / Math.cbrt(0.99), within(1e-12));
    assertThat(found.ratioLow()).isNaN();
    assertThat(found.ciLow()).isNaN();
    assertThat(found.p()).isNaN();
  }

  @Test
  void swappingTheCellsInvertsTheRatio() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 200; trial++) {
      double[] a = random.doubles(3 + random.nextInt(6)).toArray();
      double[] b = random.doubles(3 + random.nextInt(6)).toArray();
      long first = random.nextInt(4);
      SeedComparison ab = compare(seeds(0, a), seeds(first, b));
      SeedComparison ba = compare(seeds(first, b), seeds(0, a));

      assertThat(ba.test()).isEqualTo(ab.test());
      assertThat(ba.countA()).isEqualTo(ab.countB());
      assertThat(ba.difference()).isEqualTo(-ab.difference());
      assertThat(ba.ciLow()).isCloseTo(-ab.ciHigh(), within(1e-12 * Math.abs(ab.ciHigh())));
      assertThat(ba.ratio() * ab.ratio()).isCloseTo(1, within(1e-12));
      assertThat(ba.ratioLow() * ab.ratioHigh()).isCloseTo(1, within(1e-9));
      assertThat(ba.p()).isCloseTo(ab.p(), within(1e-12));
      assertThat(ab.p()).isBetween(0.0, 1.0);
      assertThat(ab.difference()).isBetween(ab.ciLow(), ab.ciHigh());
      assertThat(ab.ratio()).isBetween(ab.ratioLow(), ab.ratioHigh());
    }
  }

  @Test
  void theIntervalLeavesOutOneWhereTheTestRejects() {
    SplittableRandom random = new SplittableRandom(2);
    for (int trial = 0; trial < 200; trial++) {
      SeedComparison found =
          compare(seeds(1, random.doubles(4).toArray()), seeds(9, random.doubles(5).toArray()));

      assertThat(found.ratioLow() > 1 || found.ratioHigh() < 1).isEqualTo(found.p() < 0.05);
    }
  }

  @Test
  void differencesThatAreAllTheSameAreNotCertain() {
    double[] values = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
    double[] threefold = Arrays.stream(values).map(v -> 3 * v).toArray();
    assertThat(compare(seeds(1, values), seeds(1, values)).p()).isEqualTo(1);
    assertThat(compare(seeds(1, values), seeds(1, threefold)).p()).isNaN();
    assertThat(compare(seeds(1, values), seeds(1, threefold)).ratioLow()).isNaN();

    assertThat(compare(seeds(1, 2, 2, 2), seeds(7, 2, 2, 2)).p()).isEqualTo(1);
    assertThat(compare(seeds(1, 2, 2, 2), seeds(7, 3, 3, 3)).p()).isNaN();
    assertThat(compare(seeds(1, 0, 0, 0), seeds(7, 3, 3, 3)).p()).isNaN();
  }

  @Test
  void infiniteValuesAllowNoTest() {
    double infinity = Double.POSITIVE_INFINITY;
    SeedComparison one = compare(seeds(1, 1, infinity, 3), seeds(1, 1, 2, 3));
    assertThat(one.difference()).isEqualTo(infinity);
    assertThat(one.p()).isNaN();
    assertThat(one.ciLow()).isNaN();
    assertThat(one.ratio()).isNaN();

    SeedComparison both = compare(seeds(1, 1, infinity, 3), seeds(1, infinity, 2, 3));
    assertThat(both.difference()).isNaN();
    assertThat(both.p()).isNaN();
  }
}
