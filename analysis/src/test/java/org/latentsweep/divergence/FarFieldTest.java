package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FarFieldTest {

  @Test
  void agreesWithTheExactSumFarFromACollapsedCloud() {
    double h = 0.05;
    float[] points = DivergenceLaws.draw(DivergenceLaws.GAUSSIAN, 1_000, 1);
    for (int i = 0; i < points.length; i += 2) {
      points[i] = 2 + 0.05f * points[i];
      points[i + 1] = 0.05f * points[i + 1];
    }
    Grid grid = Grid.of(DivergenceLaws.EIGHT, h);
    FarField far = new FarField(grid, KernelSites.of(points, 2, grid.step()), h);
    for (int i = 0; i < grid.rows(); i += 23) {
      for (int j = 0; j < grid.nodes(); j += 23) {
        double[] x = SampleDensityTest.node(grid, i, j);
        if (Math.hypot(x[0] - 2, x[1]) > 0.5) {
          double exact = DivergenceLaws.exactLogDensity(points, h, x);
          assertThat(far.logDensity(i, j)).isCloseTo(exact, within(0.25 + 1e-3 * Math.abs(exact)));
        }
      }
    }
  }

  @Test
  void isExactForASinglePoint() {
    double h = 0.1;
    float[] points = DivergenceLaws.repeated(100, 1.234f);
    Grid grid = Grid.of(DivergenceLaws.NORMAL_1D, h);
    KernelSites sites = KernelSites.of(points, 1, grid.step());
    FarField far = new FarField(grid, sites, h);
    KernelQuery query = new KernelQuery(sites, h);
    for (int j = 0; j < grid.nodes(); j++) {
      double exact = DivergenceLaws.exactLogDensity(points, h, grid.coordinate(j));
      assertThat(far.logDensity(0, j)).isCloseTo(exact, within(1e-9 * Math.abs(exact)));
      assertThat(query.at(grid.coordinate(j), 0).concentration()).isCloseTo(0.01, within(1e-12));
    }
  }

  @Test
  void attributesALossToTheSamplesThatCauseIt() {
    double h = 0.1;
    Grid grid = Grid.of(DivergenceLaws.EIGHT, h);
    // removing one of two coincident samples halves the sum everywhere
    KernelSites sites = KernelSites.of(new float[] {2, 0, 2, 0, -2, 0, -2, 0}, 2, grid.step());
    FarField far = new FarField(grid, sites, h);
    int left = (int) Math.round(grid.index(-1.5));
    double[] loss = far.lossBySite(List.of(new NodeMass(grid.nodes() / 2, left, 0.25)));
    assertThat(loss[0]).isCloseTo(0.25 * 2 * Math.log(2), within(1e-9));
    assertThat(loss[1]).isCloseTo(0, within(1e-9));
  }
}
