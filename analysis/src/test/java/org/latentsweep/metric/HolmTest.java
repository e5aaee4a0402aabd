package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HolmTest {
  @Test
  void agreesWithTheDefinition() throws IOException {
    JsonNode golden =
        new ObjectMapper().readTree(HolmTest.class.getResourceAsStream("/golden/comparisons.json"));
    for (JsonNode row : golden.get("holm")) {
      double[] p = new double[row.get("p").size()];
      double[] expected = new double[p.length];
      for (int i = 0; i < p.length; i++) {
        p[i] = row.get("p").get(i).doubleValue();
        expected[i] = row.get("adjusted").get(i).doubleValue();
      }
      assertThat(Holm.adjust(p)).containsExactly(expected, within(1e-12));
    }
  }

  @Test
  void keepsTheOrderAndLowersNothing() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 200; trial++) {
      double[] p = random.doubles(1 + random.nextInt(30)).map(u -> u * u * u).toArray();
      double[] adjusted = Holm.adjust(p);
      for (int i = 0; i < p.length; i++) {
        assertThat(adjusted[i]).isBetween(p[i], Math.min(1, p.length * p[i]));
        for (int j = 0; j < p.length; j++) {
          assertThat(p[i] > p[j] || adjusted[i] <= adjusted[j]).isTrue();
        }
      }
    }
  }

  @Test
  void noTestCountsForNothing() {
    assertThat(Holm.adjust(new double[] {0.04, Double.NaN, 0.01}))
        .containsExactly(0.04, Double.NaN, 0.02);
    assertThat(Holm.adjust(new double[0])).isEmpty();
  }
}
