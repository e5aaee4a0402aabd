package org.latentsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentsweep.bench.Family;
import org.latentsweep.bench.Measure;

class MeasureTableTest {
  private static final List<Measure> MEASURES =
      List.of(
          new Measure(Family.A, "fast", "ms_per_step", 4, 3, 5, 7),
          new Measure(Family.A, "fast", "steps_per_second", 250, 333, 200, 7),
          new Measure(Family.A, "fast", "gflops", 200, 260, 160, 7),
          new Measure(Family.A, "fast", "of_peak", 0.8, 0.9, 0.7, 7),
          new Measure(Family.A, "fast", "speedup", 1, 1, 1, 7),
          new Measure(Family.A, "fast", "peak_gflops", 245, 246, 244, 7));

  @Test
  void forPeopleEachProgramIsARow() {
    assertThat(TableFormat.TABLE.print(MeasureTable.comparison(MEASURES)))
        .isEqualTo(
            """
            family  program  ms_per_step  best  worst  steps_per_second  gflops  of_peak  speedup
            a       fast               4     3      5               250     200      0.8        1
            """);
    assertThat(TableFormat.TABLE.print(MeasureTable.rest(MEASURES)))
        .isEqualTo(
            """
            family  program  measure      median  best  worst  n
            a       fast     peak_gflops     245   246    244  7
            """);
  }

  @Test
  void forProgramsEachMeasureIsARow() {
    assertThat(TableFormat.CSV.print(MeasureTable.all(MEASURES)).lines())
        .hasSize(1 + MEASURES.size())
        .startsWith(
            "family,program,measure,median,best,worst,n", "a,fast,ms_per_step,4.0,3.0,5.0,7");
  }
}
