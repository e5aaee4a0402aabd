package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
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
    return SeedComparison.of(a, b).orElseThrow();
  }

  private static void assertIs(SeedComparison found, JsonNode expected) {
    double width = expected.get("high").doubleValue() - expected.get("low").doubleValue();
    assertThat(found.difference())
        .isCloseTo(expected.get("difference").doubleValue(), within(1e-12 * width));
    assertThat(found.ciLow()).isCloseTo(expected.get("low").doubleValue(), within(1e-7 * width));
    assertThat(found.ciHigh()).isCloseTo(expected.get("high").doubleValue(), within(1e-7 * width));
    assertThat(found.p())
        .isCloseTo(expected.get("p").doubleValue(), Percentage.withPercentage(1e-5));
  }

  @Test
  void agreesWithScipy() throws IOException {
    int paired = 0;
    for (JsonNode row : golden().get("comparisons")) {
      double[] a = numbers(row.get("a"));
      double[] b = numbers(row.get("b"));
      SeedComparison welch = compare(seeds(1, a), seeds(1000, b));
      assertThat(welch.test()).isEqualTo(SeedComparison.Test.WELCH);
      assertThat(welch.countA()).isEqualTo(a.length);
      assertThat(welch.countB()).isEqualTo(b.length);
      assertIs(welch, row.get("welch"));
      if (row.has("paired")) {
        assertIs(compare(seeds(1, a), seeds(1, b)), row.get("paired"));
        paired++;
      }
    }
    assertThat(paired).isEqualTo(4);
  }

  @Test
  void pairsTheSeedsThatBothCellsHave() {
    SeedComparison found = compare(seeds(1, 9, 9, 1, 2, 4), seeds(3, 3, 5, 5, 99));

    assertThat(found.test()).isEqualTo(SeedComparison.Test.PAIRED_T);
    assertThat(found.countA()).isEqualTo(3);
    assertThat(found.countB()).isEqualTo(3);
    assertThat(found.difference()).isCloseTo(-2, within(1e-15));
  }

  @Test
  void oneSeedInCommonIsNoPair() {
    SeedComparison found = compare(seeds(1, 1, 2, 4), seeds(3, 3, 5));

    assertThat(found.test()).isEqualTo(SeedComparison.Test.WELCH);
    assertThat(found.countA()).isEqualTo(3);
    assertThat(found.countB()).isEqualTo(2);
  }

  @Test
  void oneSeedIsNotEnough() {
    assertThat(SeedComparison.of(seeds(1, 1, 2), seeds(1, 1))).isEmpty();
    assertThat(SeedComparison.of(seeds(1), seeds(1, 1, 2))).isEmpty();
  }

  @Test
  void swappingTheCellsFlipsTheSign() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 200; trial++) {
      double[] a = random.doubles(2 + random.nextInt(6)).toArray();
      double[] b = random.doubles(2 + random.nextInt(6)).toArray();
      long first = random.nextInt(4);
      SeedComparison ab = compare(seeds(0, a), seeds(first, b));
      SeedComparison ba = compare(seeds(first, b), seeds(0, a));

      assertThat(ba.test()).isEqualTo(ab.test());
      assertThat(ba.countA()).isEqualTo(ab.countB());
      assertThat(ba.difference()).isEqualTo(-ab.difference());
      assertThat(ba.ciLow()).isCloseTo(-ab.ciHigh(), within(1e-12 * Math.abs(ab.ciHigh())));
      assertThat(ba.p()).isCloseTo(ab.p(), within(1e-12));
      assertThat(ab.p()).isBetween(0.0, 1.0);
      assertThat(ab.difference()).isBetween(ab.ciLow(), ab.ciHigh());
    }
  }

  @Test
  void theIntervalLeavesOutZeroWhereTheTestRejects() {
    SplittableRandom random = new SplittableRandom(2);
    for (int trial = 0; trial < 200; trial++) {
      SeedComparison found =
          compare(seeds(1, random.doubles(4).toArray()), seeds(9, random.doubles(5).toArray()));

      assertThat(found.ciLow() > 0 || found.ciHigh() < 0).isEqualTo(found.p() < 0.05);
    }
  }

  @Test
  void differencesThatAreAllTheSameAreCertain() {
    SeedComparison same = compare(seeds(1, 1, 2, 3), seeds(1, 1, 2, 3));
    assertThat(same.p()).isEqualTo(1);
    assertThat(same.ciLow()).isZero();
    assertThat(same.ciHigh()).isZero();

    SeedComparison shifted = compare(seeds(1, 1, 2, 3), seeds(1, 2, 3, 4));
    assertThat(shifted.p()).isZero();
    assertThat(shifted.ciLow()).isEqualTo(-1);
    assertThat(shifted.ciHigh()).isEqualTo(-1);

    assertThat(compare(seeds(1, 2, 2), seeds(7, 2, 2, 2)).p()).isEqualTo(1);
    assertThat(compare(seeds(1, 2, 2), seeds(7, 3, 3, 3)).p()).isZero();
  }

  @Test
  void infiniteValuesAllowNoTest() {
    double infinity = Double.POSITIVE_INFINITY;
    for (long first : new long[] {1, 7}) {
      SeedComparison one = compare(seeds(1, 1, infinity), seeds(first, 1, 2));
      assertThat(one.difference()).isEqualTo(infinity);
      assertThat(one.p()).isNaN();
      assertThat(one.ciLow()).isNaN();
      assertThat(one.ciHigh()).isNaN();

      SeedComparison both = compare(seeds(1, 1, infinity), seeds(first, infinity, 2));
      assertThat(both.difference()).isNaN();
      assertThat(both.p()).isNaN();
    }
  }
}
