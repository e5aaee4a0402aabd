package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latentsweep.target.TargetDistribution;

class TargetGridTest {

  @Test
  void integratesToOne() {
    for (TargetDistribution target :
        new TargetDistribution[] {
          DivergenceLaws.EIGHT,
          DivergenceLaws.SPIRAL,
          DivergenceLaws.GAUSSIAN,
          DivergenceLaws.NORMAL_1D
        }) {
      for (double factor : new double[] {1, 2}) {
        TargetGrid grid = TargetGrid.of(target, factor * target.defaultBandwidth());
        double mass =
            Arrays.stream(grid.density()).mapToDouble(row -> Arrays.stream(row).sum()).sum();
        assertThat(mass * grid.grid().cellVolume()).as(target.name()).isCloseTo(1, within(1e-8));
      }
    }
  }

  @Test
  void latticeAgreesWithTheSpiralsQuadrature() {
    for (double h : new double[] {0.015, 0.03, 0.06}) {
      TargetGrid grid = TargetGrid.of(DivergenceLaws.SPIRAL, h);
      int nodes = grid.grid().nodes();
      double farError = 0;
      int farNodes = 0;
      for (int i = 0; i < nodes; i += 31) {
        for (int j = 0; j < nodes; j += 31) {
          double[] x = SampleDensityTest.node(grid.grid(), i, j);
          double exact = DivergenceLaws.SPIRAL.smoothedLogDensity(x, h);
          double error = Math.abs(grid.logDensity()[i][j] - exact);
          if (exact > -3) {
            assertThat(error).as("h %s at %s", h, Arrays.toString(x)).isLessThan(2e-3);
          } else {
            // the error is largest halfway between two turns, where the far field has a crease
            assertThat(error).isLessThan(0.02 + 0.03 * Math.abs(exact));
            farError += error / Math.abs(exact);
            farNodes++;
          }
        }
      }
      assertThat(farError / farNodes).as("mean relative error at h %s", h).isLessThan(2.5e-3);
    }
  }

  @Test
  void agreesWithTheTargetOffTheGrid() {
    TargetGrid spiral = TargetGrid.of(DivergenceLaws.SPIRAL, 0.03);
    TargetGrid eight = TargetGrid.of(DivergenceLaws.EIGHT, 0.1);
    for (double r = 4; r < 1e11; r *= 100) {
      double[] x = {r, -0.3 * r};
      double exact = DivergenceLaws.SPIRAL.smoothedLogDensity(x, 0.03);
      assertThat(spiral.logDensityAt(x[0], x[1]) / exact).isCloseTo(1, within(3e-3));
      assertThat(eight.logDensityAt(x[0], x[1]))
          .isEqualTo(DivergenceLaws.EIGHT.smoothedLogDensity(x, 0.1));
    }
  }
}
