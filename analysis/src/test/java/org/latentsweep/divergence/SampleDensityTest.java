package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.latentsweep.target.TargetDistribution;

class SampleDensityTest {

  @Test
  void agreesWithTheExactSumNearTheMass() {
    assertNear(DivergenceLaws.EIGHT, 0.1);
    assertNear(DivergenceLaws.SPIRAL, 0.03);
    assertNear(DivergenceLaws.NORMAL_1D, 0.1);
  }

  private static void assertNear(TargetDistribution target, double h) {
    float[] points = DivergenceLaws.draw(target, 3_000, 1);
    Grid grid = Grid.of(target, h);
    SampleDensity density = SampleDensity.of(grid, h, points);
    double peak = max(density.all());
    double worst = 0;
    int compared = 0;
    for (int i = 0; i < grid.rows(); i += 7) {
      for (int j = 0; j < grid.nodes(); j += 7) {
        if (density.all()[i][j] > peak * Math.exp(-4)) {
          double exact = DivergenceLaws.exactLogDensity(points, h, node(grid, i, j));
          worst = Math.max(worst, Math.abs(Math.log(density.all()[i][j]) - exact));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(20);
    assertThat(worst).as("%s: error of the log density", target.name()).isLessThan(0.005);
  }

  @Test
  void variesNoMoreThanExactDensitiesWhereverItIsTrusted() {
    double h = 0.1;
    float[] points = DivergenceLaws.draw(DivergenceLaws.EIGHT, 500, 2);
    Grid grid = Grid.of(DivergenceLaws.EIGHT, h);
    SampleDensity density = SampleDensity.of(grid, h, points);
    for (int i = 0; i < grid.rows(); i += 11) {
      for (int j = 0; j < grid.nodes(); j += 11) {
        if (density.all()[i][j] > density.minTrusted()) {
          double exact = DivergenceLaws.exactLogDensity(points, h, node(grid, i, j));
          // at 5 h from the last sample linear binning changes the kernel by at most 4%
          assertThat(Math.log(density.all()[i][j])).isCloseTo(exact, within(0.05));
        }
      }
    }
  }

  @Test
  void integratesToOneAndSplitsOffOuterSamples() {
    Grid grid = Grid.of(DivergenceLaws.EIGHT, 0.1);
    float[] points = DivergenceLaws.draw(DivergenceLaws.EIGHT, 1_000, 3);
    points[0] = 1e30f;
    SampleDensity density = SampleDensity.of(grid, 0.1, points);
    assertThat(sum(density.all()) * grid.cellVolume()).isCloseTo(0.999, within(1e-9));
    points[0] = 4.2f; // on the grid, outside the inner box
    points[1] = 0;
    SampleDensity withOuter = SampleDensity.of(grid, 0.1, points);
    assertThat(sum(withOuter.all()) * grid.cellVolume()).isCloseTo(1, within(1e-6));
    assertThat(sum(withOuter.inner()) * grid.cellVolume()).isCloseTo(0.999, within(1e-9));
  }

  @Test
  void squaredKernelGivesTheVarianceOfTheEstimate() {
    double h = 0.2;
    float[] points = DivergenceLaws.draw(DivergenceLaws.GAUSSIAN, 2_000, 4);
    Grid grid = Grid.of(DivergenceLaws.GAUSSIAN, h);
    SampleDensity density = SampleDensity.of(grid, h, points);
    int middle = grid.nodes() / 2;
    double exact = 0;
    for (int i = 0; i < points.length; i += 2) {
      double z = (points[i] * points[i] + points[i + 1] * points[i + 1]) / (h * h);
      double kernel = Math.exp(-z / 2) / (2 * Math.PI * h * h);
      exact += kernel * kernel / 2_000;
    }
    assertThat(density.squaredKernel()[middle / 2][middle / 2] / exact).isCloseTo(1, within(0.01));
  }

  static double[] node(Grid grid, int i, int j) {
    double x = grid.coordinate(j);
    return grid.dimensions() == 1 ? new double[] {x} : new double[] {x, grid.y(i)};
  }

  private static double sum(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(DoubleStream::of).sum();
  }

  private static double max(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(DoubleStream::of).max().orElseThrow();
  }
}
