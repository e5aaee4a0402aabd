package org.latentsweep.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

/** Compares with values that other programs gave: see {@code golden/coverage.py}. */
class CoverageGoldenTest {
  private static final List<String[]> GOLDEN = golden();

  private static List<String[]> golden() {
    try (InputStream in = CoverageGoldenTest.class.getResourceAsStream("/golden/coverage.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(","))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<String> fields(String kind) {
    return GOLDEN.stream()
        .filter(line -> line[0].equals(kind))
        .flatMap(line -> Arrays.stream(line).skip(1));
  }

  private static float[] points(String kind) {
    List<Float> numbers = fields(kind).map(Float::valueOf).toList();
    float[] points = new float[numbers.size()];
    for (int i = 0; i < points.length; i++) {
      points[i] = numbers.get(i);
    }
    return points;
  }

  private static double value(String name) {
    return GOLDEN.stream()
        .filter(line -> line[0].equals("value") && line[1].equals(name))
        .mapToDouble(line -> Double.parseDouble(line[2]))
        .findFirst()
        .orElseThrow();
  }

  private static void assertMatches(
      List<Metric> estimates, String metric, String name, Offset<Double> tolerance) {
    assertThat(estimates)
        .filteredOn(estimate -> estimate.metric().equals(metric))
        .singleElement()
        .satisfies(e -> assertThat(e.value()).as(metric).isCloseTo(value(name), tolerance));
  }

  @Test
  void precisionRecallDensityAndCoverageArePrdcs() {
    List<Metric> estimates = new PrecisionRecall(points("real"), 2).estimates(points("fake"));
    assertThat(estimates).hasSize(4);
    for (Metric estimate : estimates) {
      assertMatches(estimates, estimate.metric(), estimate.metric(), within(1e-12));
    }
  }

  @Test
  void distancesInOneDimensionAreScipys() {
    List<Metric> estimates =
        new SlicedDistances(CoverageLaws.NORMAL_1D, TargetAtoms.of(CoverageLaws.NORMAL_1D))
            .estimates(points("normal"));
    assertMatches(estimates, "sliced_wasserstein", "wasserstein_1d", within(2e-5));
    assertMatches(estimates, "energy_distance", "energy_1d", within(2e-5));
  }

  @Test
  void distancesInTwoDimensionsAreThoseOfTheirDefinitions() {
    TargetDistribution target = CoverageLaws.EIGHT;
    List<Metric> estimates =
        new SlicedDistances(target, TargetAtoms.of(target)).estimates(points("fake"));
    assertMatches(estimates, "sliced_wasserstein", "sliced_wasserstein", within(1e-4));
    assertMatches(estimates, "energy_distance", "energy_2d", within(1e-4));
  }

  @Test
  void discrepancyIsTheUStatisticUpToItsLattice() {
    TargetDistribution target = CoverageLaws.EIGHT;
    Metric mmd =
        new MeanDiscrepancy(target, TargetAtoms.of(target), new ScaledKernel(1))
            .estimate(points("fake"));
    assertMatches(List.of(mmd), "mmd", "mmd", within(1e-5));
  }

  @Test
  void meansOverSubsetsAreExact() {
    List<Float> points = new ArrayList<>();
    List<Integer> counts = fields("count").map(Integer::valueOf).toList();
    for (int m = 0; m < counts.size(); m++) {
      for (int i = 0; i < counts.get(m); i++) {
        CoverageLaws.EIGHT.modes().get(m).centre().forEach(c -> points.add(c.floatValue()));
      }
    }
    float[] array = new float[points.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = points.get(i);
    }
    List<Metric> estimates = ModeMetrics.of(CoverageLaws.EIGHT.modes(), array);
    assertMatches(estimates, "modes_covered", "rarefied_covered", within(1e-9));
    assertMatches(estimates, "mode_kl", "rarefied_kl", within(1e-9));
  }
}
