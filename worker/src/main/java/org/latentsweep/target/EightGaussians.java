package org.latentsweep.target;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The target {@code eight-gaussians} of the published recipes: eight normals of equal weight and
 * standard deviation 0.2, with centres (2 cos(2 pi m / 8), 2 sin(2 pi m / 8)), m = 0..7. Its
 * entropy is 1.698061 nats.
 */
public final class EightGaussians extends GaussianMixture {
  private static final int MODES = 8;
  private static final double RADIUS = 2;
  private static final double SD = 0.2;

  /** Called by {@link java.util.ServiceLoader}. */
  public EightGaussians() {
    super(
        IntStream.range(0, MODES)
            .mapToObj(m -> new Mode(List.of(centreX(m), centreY(m)), SD, 1.0 / MODES))
            .toList());
  }

  private static double centreX(int m) {
    return RADIUS * Math.cos(2 * Math.PI * m / MODES);
  }

  private static double centreY(int m) {
    return RADIUS * Math.sin(2 * Math.PI * m / MODES);
  }

  @Override
  public String name() {
    return "eight-gaussians";
  }

  /**
   * Takes (N, N, one-hot(8)): the one-hot vector selects the mode, and the two normals are the
   * point's standardised position in it.
   */
  @Override
  public NaturalMap naturalMap() {
    return new NaturalMap() {
      @Override
      public NoiseLaw noise() {
        return new NoiseLaw.NormalOneHot(MODES);
      }

      @Override
      public int latentDimension() {
        return 2 + MODES;
      }

      @Override
      public void map(double[] z, double[] x) {
        int m = 0;
        while (z[2 + m] != 1) {
          m++;
        }
        x[0] = centreX(m) + SD * z[0];
        x[1] = centreY(m) + SD * z[1];
      }
    };
  }

  @Override
  public NoiseLaw defaultNoise() {
    return new NoiseLaw.Normal();
  }

  /** Chosen by judgement: half a mode's standard deviation, so that smoothing keeps modes apart. */
  @Override
  public double defaultBandwidth() {
    return 0.1;
  }

  /** The range that the published recipe draws. */
  @Override
  public double drawnHalfWidth() {
    return 3;
  }

  /** 6.5 standard deviations beyond the outermost centres, as for one normal. */
  @Override
  public double supportHalfWidth() {
    return 3.3;
  }
}
