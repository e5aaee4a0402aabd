package org.latentsweep.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.folder.LocalSpark;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TestRuns;
import org.latentsweep.target.Targets;

/** The figures that show targets and no runs. */
class ArticleFiguresTest {
  @TempDir Path temp;

  private static List<List<Object>> panel(DrawnFigure figure, String name) {
    return figure.table().rows().stream().filter(row -> row.get(0).equals(name)).toList();
  }

  private static double at(DrawnFigure figure, String panel, double x) {
    return panel(figure, panel).stream()
        .filter(row -> Math.abs((Double) row.get(1) - x) < 1e-9)
        .mapToDouble(row -> (Double) row.get(2))
        .findFirst()
        .orElseThrow();
  }

  /** Golden values of R 4.2: qnorm(0.7625), pnorm(1.5), dnorm(0). */
  @Test
  void theQuantileFunctionTakesUniformNoiseToANormal() throws IOException {
    DrawnFigure figure = QuantileFunction.draw();

    assertThat(at(figure, "uniform density", 0.3)).isEqualTo(0.5);
    assertThat(at(figure, "uniform density", 1.2)).isZero();
    assertThat(at(figure, "distribution function", 1.5)).isCloseTo(0.9331928, within(1e-7));
    assertThat(at(figure, "quantile function", 0.525)).isCloseTo(0.7143674, within(1e-6));
    assertThat(at(figure, "normal density", 0)).isCloseTo(0.3989423, within(1e-7));
    List<List<Object>> bars = panel(figure, "samples");
    assertThat(bars.stream().mapToDouble(row -> 0.1 * (Double) row.get(2)).sum())
        .isCloseTo(0.9973, within(0.002));
    assertThat(bars)
        .allSatisfy(
            bar -> {
              double x = (Double) bar.get(1);
              double normal = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
              assertThat((Double) bar.get(2)).isCloseTo(normal, within(0.05));
            });
    assertThat(figure.sheet().panels()).hasSize(4);
    new FigureFiles(temp).write(figure);
    assertThat(temp.resolve("quantile-function.png")).isNotEmptyFile();
  }

  @Test
  void longerCurvesAreNearerToTheTargetAndTwoLatentsReachIt() throws IOException {
    DrawnFigure figure = OneDimension.draw(Targets.named("gaussian"));

    double[] divergences =
        figure.sheet().panels().stream()
            .map(panel -> panel.getTitle().getText())
            .mapToDouble(title -> Double.parseDouble(title.substring(title.indexOf("KL_h") + 5)))
            .toArray();
    assertThat(divergences).hasSize(4);
    assertThat(divergences[0]).isGreaterThan(2 * divergences[1]);
    assertThat(divergences[1]).isGreaterThan(2 * divergences[2]);
    assertThat(divergences[3]).isLessThan(0.01);
    assertThat(panel(figure, "k = 1, order 2")).hasSize(20_000);
    // The centres of the outermost of 4 x 4 cells are at the normal quantile of 1/8.
    assertThat(reach(panel(figure, "k = 1, order 2"))).isCloseTo(1.1503494, within(1e-6));
    assertThat(reach(panel(figure, "k = 2"))).isGreaterThan(3);
    new FigureFiles(temp).write(figure);
    assertThat(temp.resolve("one-dimension-cannot-fill-two-gaussian.png")).isNotEmptyFile();
  }

  private static double reach(List<List<Object>> rows) {
    return rows.stream()
        .flatMapToDouble(row -> DoubleStream.of((Float) row.get(2), (Float) row.get(3)))
        .map(Math::abs)
        .max()
        .orElseThrow();
  }

  private Stream<String> drawnFor(String target, int k) throws IOException {
    SweepFolder folder =
        SweepFolder.create(temp.resolve(target + k).toString(), new Configuration());
    TestRuns.commit(folder, TestRuns.pack(target, k, 1, 1));
    try (SweepQueries sweep = new SweepQueries(LocalSpark.session(), folder)) {
      return Stream.of(new QuantileFunction(), new OneDimension())
          .flatMap(figure -> figure.of(sweep).stream())
          .map(DrawnFigure::name);
    }
  }

  @Test
  void sweepsHaveTheFiguresOfTheirTargets() throws IOException {
    assertThat(drawnFor("gaussian", 1))
        .containsExactly("quantile-function", "one-dimension-cannot-fill-two-gaussian");
    assertThat(drawnFor("normal-1d", 1)).containsExactly("quantile-function");
    assertThat(drawnFor("spiral", 1)).containsExactly("one-dimension-cannot-fill-two-spiral");
    assertThat(drawnFor("spiral", 2)).isEmpty();
    assertThat(drawnFor("eight-gaussians", 1)).isEmpty();
  }
}
