package org.latentsweep.target;

import java.util.List;

/** The target {@code gaussian}: N(0, I) in two dimensions. Its entropy is 2.837877 nats. */
public final class Gaussian extends GaussianMixture {
  /** Called by {@link java.util.ServiceLoader}. */
  public Gaussian() {
    super(List.of(new Mode(List.of(0.0, 0.0), 1, 1)));
  }

  @Override
  public String name() {
    return "gaussian";
  }

  @Override
  public NaturalMap naturalMap() {
    return new ProbitMap(2);
  }

  @Override
  public NoiseLaw defaultNoise() {
    return new NoiseLaw.Uniform(0, 1);
  }

  /** Chosen by judgement: a fifth of the standard deviation. */
  @Override
  public double defaultBandwidth() {
    return 0.2;
  }

  /** The range that the published recipe draws. */
  @Override
  public double drawnHalfWidth() {
    return 4.2;
  }

  /** 6.5 standard deviations, beyond which a coordinate lies with a probability of 8e-11. */
  @Override
  public double supportHalfWidth() {
    return 6.5;
  }
}
