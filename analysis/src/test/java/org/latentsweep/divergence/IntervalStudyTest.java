package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentsweep.divergence.IntervalStudy.StudyRow;
import org.latentsweep.metric.Floors;

class IntervalStudyTest {

  @Test
  void truthsAreTheClosedFormsAndMostIntervalsHoldThem() {
    List<String> pairs = new ArrayList<>();
    List<StudyRow> rows = new ArrayList<>();
    IntervalStudy.run(List.of(2_000), 2, false, pairs::add, rows::add);

    assertThat(pairs).hasSize(19).contains("gaussian | N((1, 0), I) | 2,000 samples");
    assertThat(truth(rows, "N((1, 0), I)", "kl_knn_forward")).isCloseTo(0.5, within(1e-4));
    assertThat(truth(rows, "N((1, 0), I)", "kl_reverse")).isCloseTo(0.5 / 1.04, within(1e-5));
    assertThat(truth(rows, "the same with sd 0.3", "kl_forward")).isCloseTo(0.19153, within(1e-5));
    assertThat(truth(rows, "the same with sd 0.3", "kl_entropy_reverse"))
        .isCloseTo(0.4251, within(1e-4));
    assertThat(truth(rows, "N(0, 0.4^2 I)", "kl_kde_forward")).isCloseTo(1.2641, within(1e-3));
    assertThat(truth(rows, "without a mode", "kl_forward")).isCloseTo(2.159, within(1e-3));
    assertThat(truth(rows, "without a mode", "kl_knn_forward")).isCloseTo(2.81672, within(1e-4));
    assertThat(truth(rows, "correlation 0.8", "kl_forward")).isCloseTo(1.00138, within(1e-4));
    assertThat(truth(rows, "correlation 0.8", "kl_knn_forward")).isCloseTo(1.26695, within(1e-4));
    assertThat(truth(rows, "without an arc", "kl_forward")).isCloseTo(2.1355, within(0.003));
    assertThat(truth(rows, "without an arc", "kl_entropy_reverse"))
        .isCloseTo(-Math.log(0.9), within(1e-9));
    assertThat(truth(rows, "without an arc", "kl_kde_forward")).isInfinite();
    assertThat(truth(rows, "rotated by 10 degrees", "kl_entropy_reverse")).isInfinite();
    assertThat(truth(rows, "uniform on [-2, 2]^2", "kl_entropy_reverse"))
        .isCloseTo(0.39862, within(1e-3));
    assertThat(truth(rows, "t with 4 degrees", "kl_reverse")).isCloseTo(0.471394, within(2e-6));
    assertThat(truth(rows, "t with 4 degrees", "kl_entropy_reverse")).isCloseTo(0.5, within(1e-6));
    assertThat(truth(rows, "N(0, 20^2 I)", "kl_reverse")).isCloseTo(377.7, within(0.1));
    assertThat(truth(rows, "without a mode", "kl_skew")).isCloseTo(0.4580, within(1e-4));
    assertThat(rows.stream().filter(row -> row.q().equals("itself")))
        .hasSize(16)
        .allSatisfy(row -> assertThat(row.truth()).isCloseTo(0, within(1e-9)));
    assertThat(rows.stream().mapToDouble(StudyRow::coverage).average().orElseThrow())
        .isBetween(0.75, 1.0);
  }

  @Test
  void generatorsHaveTheDistributionsOfTheirPairs() {
    for (StudyPair pair : StudyPair.all()) {
      StudyGenerator generator = pair.generators().get(0);
      int k = generator.map().latentDimension();
      float[] latents = new float[20_000 * k];
      generator.noise().fill(RandomGeneratorFactory.of("L64X128MixRandom").create(1), k, latents);
      // more than four standard errors of a difference
      assertThat(nearness(pair, generator.map().values(latents)))
          .isCloseTo(nearness(pair, Floors.draw(pair.q(), 20_000, 2)), within(0.01));
    }
  }

  /** Returns the mean of 1 / (1 + r), with r the distance from (2, 1), or from 2 on the line. */
  private static double nearness(StudyPair pair, float[] points) {
    int d = pair.p().dimensions();
    return IntStream.range(0, points.length / d)
        .mapToDouble(i -> Math.hypot(points[i * d] - 2, d == 1 ? 0 : points[2 * i + 1] - 1))
        .map(r -> 1 / (1 + r))
        .average()
        .orElseThrow();
  }

  @Test
  void aLatticeOfLatentsHoldsTheTruth() {
    StudyPair pair = StudyPair.all().get(1);
    List<StudyRow> rows =
        IntervalStudy.generator(pair, IntervalStudy.truths(pair), pair.generators().get(0));

    assertThat(rows)
        .hasSize(5)
        .allSatisfy(row -> assertThat(row.k()).isEqualTo(1))
        .allSatisfy(row -> assertThat(row.coverage()).isEqualTo(1))
        .allSatisfy(row -> assertThat(row.seconds()).isPositive());
  }

  private static double truth(List<StudyRow> rows, String q, String metric) {
    return rows.stream()
        .filter(row -> row.q().equals(q) && row.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .truth();
  }
}
