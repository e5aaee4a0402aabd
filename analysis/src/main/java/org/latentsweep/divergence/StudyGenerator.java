package org.latentsweep.divergence;

import java.util.List;
import org.latentsweep.mapping.LatentMap;
import org.latentsweep.target.Mode;
import org.latentsweep.target.NoiseLaw;

/**
 * A generator whose distribution is the q of a {@link StudyPair}.
 *
 * @param map the map from latents
 * @param noise the law of the latents
 */
record StudyGenerator(LatentMap map, NoiseLaw noise) {
  /** Step of the central differences that give Jacobians. */
  private static final double STEP = 1e-4;

  /** Beyond this distance from the centre, the tail of Student's distribution is cut off. */
  private static final double FARTHEST = 1e6;

  /** Fills x with the image of a latent. */
  private interface Images {
    void map(double[] z, double[] x);
  }

  private record StudyMap(int latentDimension, int dimensions, Images images) implements LatentMap {
    @Override
    public void value(double[] z, double[] x) {
      images.map(z, x);
    }

    @Override
    public void valueAndJacobian(double[] z, double[] x, double[] jacobian) {
      double[] at = z.clone();
      double[] low = new double[dimensions];
      for (int j = 0; j < latentDimension; j++) {
        at[j] = z[j] + STEP;
        value(at, x);
        at[j] = z[j] - STEP;
        value(at, low);
        at[j] = z[j];
        for (int c = 0; c < dimensions; c++) {
          jacobian[c * latentDimension + j] = (x[c] - low[c]) / (2 * STEP);
        }
      }
      value(z, x);
    }
  }

  /** Returns a linear map from a normal latent to N(x, sd^2) on the line. */
  static StudyGenerator line(double x, double sd) {
    return new StudyGenerator(
        new StudyMap(1, 1, (z, image) -> image[0] = x + sd * z[0]), new NoiseLaw.Normal());
  }

  /**
   * Returns a linear map from k normal latents to a normal distribution in the plane with the
   * centre (x, 0), the standard deviation sd on each axis and a correlation. Each half of the
   * latents adds up to one of two independent normals.
   */
  static StudyGenerator plane(int k, double x, double sd, double correlation) {
    double scale = sd / Math.sqrt(k / 2.0);
    double own = Math.sqrt(1 - correlation * correlation);
    return new StudyGenerator(
        new StudyMap(
            k,
            2,
            (z, image) -> {
              double first = 0;
              double second = 0;
              for (int j = 0; j < k; j += 2) {
                first += scale * z[j];
                second += scale * z[j + 1];
              }
              image[0] = x + first;
              image[1] = correlation * first + own * second;
            }),
        new NoiseLaw.Normal());
  }

  /** Returns a map that adds two normal latents to the centre that a one-hot vector names. */
  static StudyGenerator modes(List<Mode> places) {
    return new StudyGenerator(
        new StudyMap(
            2 + places.size(),
            2,
            (z, image) -> {
              int place = 0;
              while (z[2 + place] == 0) {
                place++;
              }
              Mode mode = places.get(place);
              image[0] = mode.centre().get(0) + mode.standardDeviation() * z[0];
              image[1] = mode.centre().get(1) + mode.standardDeviation() * z[1];
            }),
        new NoiseLaw.NormalOneHot(places.size()));
  }

  /**
   * Returns a map from two normal latents to Student's distribution with 4 degrees of freedom. Both
   * are radial: P(|z| &gt; r) = exp(-r^2 / 2) and P(|x| &gt; s) = (1 + s^2 / 4)^-2.
   */
  static StudyGenerator heavyTailed() {
    return new StudyGenerator(
        new StudyMap(
            2,
            2,
            (z, image) -> {
              double r = Math.hypot(z[0], z[1]);
              double s = Math.min(FARTHEST, 2 * Math.sqrt(Math.expm1(r * r / 4)));
              image[0] = r == 0 ? 0 : s * z[0] / r;
              image[1] = r == 0 ? 0 : s * z[1] / r;
            }),
        new NoiseLaw.Normal());
  }

  /** Returns the identity of uniform latents on [-s, s]^2. */
  static StudyGenerator square(double s) {
    return new StudyGenerator(
        new StudyMap(2, 2, (z, image) -> System.arraycopy(z, 0, image, 0, 2)),
        new NoiseLaw.Uniform(-s, s));
  }

  /** Returns the map of a faulty spiral. */
  static StudyGenerator spiral(MappedSpiral spiral) {
    return new StudyGenerator(new StudyMap(2, 2, spiral::value), new NoiseLaw.Uniform(-1, 1));
  }
}
