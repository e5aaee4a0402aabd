package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentsweep.divergence.Pairs.KnownPair;

/** Two methods give the same true values: a lattice and a mean over samples of p. */
class PairsTest {

  static Stream<KnownPair> pairs() {
    return Stream.concat(Pairs.WELL_POSED.stream(), Pairs.ILL_POSED.stream());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aLatticeGivesTheTruth(KnownPair pair) {
    double lattice = pair.p().smoothedInClosedForm() ? trapezoid(pair) : pushed(pair);
    assertThat(lattice)
        .isCloseTo(pair.truth(), within(pair.p() == DivergenceLaws.SPIRAL ? 2e-3 : 2e-5));
  }

  private static double trapezoid(KnownPair pair) {
    boolean plane = pair.p().dimensions() == 2;
    double step = plane ? 0.043 : 0.0011;
    double s = 9;
    double sum = 0;
    for (double y = plane ? -s : 0; y <= (plane ? s : 0); y += step) {
      for (double x = -s; x <= s; x += step) {
        double[] at = plane ? new double[] {x, y} : new double[] {x};
        double logP = pair.p().logDensity(at);
        if (logP > -40) {
          sum += Math.exp(logP) * (logP - pair.q().logDensity().applyAsDouble(at));
        }
      }
    }
    return sum * step * (plane ? step : 1);
  }

  private static double pushed(KnownPair pair) {
    float[] points = LatentLattice.points(pair.p(), 12_000);
    return meanLogRatio(pair, points)[0];
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void samplesGiveTheTruth(KnownPair pair) {
    double[] mean = meanLogRatio(pair, DivergenceLaws.draw(pair.p(), 5_000, 3));
    assertThat(mean[0]).isCloseTo(pair.truth(), within(4 * mean[1] + 1e-4));
  }

  /** Returns {mean, standard error} of log p/q. */
  private static double[] meanLogRatio(KnownPair pair, float[] points) {
    int d = pair.p().dimensions();
    double sum = 0;
    double squares = 0;
    int n = 0;
    double[] x = new double[d];
    for (int row = 0; row < points.length; row += d) {
      for (int a = 0; a < d; a++) {
        x[a] = points[row + a];
      }
      double logP = pair.p().logDensity(x);
      if (logP > Double.NEGATIVE_INFINITY) {
        double ratio = logP - pair.q().logDensity().applyAsDouble(x);
        sum += ratio;
        squares += ratio * ratio;
        n++;
      }
    }
    double mean = sum / n;
    return new double[] {mean, Math.sqrt((squares / n - mean * mean) / n)};
  }

  static Stream<KnownPair> pairsOnCells() {
    return pairs().filter(pair -> pair.p().smoothedInClosedForm());
  }

  @ParameterizedTest
  @MethodSource("pairsOnCells")
  void pointsStandForTheTarget(KnownPair pair) {
    TargetPoints points = TargetPoints.of(pair.p());
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < points.size(); i++) {
      double[] x =
          pair.p().dimensions() == 1
              ? new double[] {points.x(i)}
              : new double[] {points.x(i), points.y(i)};
      sum += points.weight(i) * (points.logP(i) - pair.q().logDensity().applyAsDouble(x));
      weight += points.weight(i);
    }
    assertThat(weight).isCloseTo(1, within(1e-9));
    assertThat(sum).isCloseTo(pair.truth(), within(2e-3));
  }
}
