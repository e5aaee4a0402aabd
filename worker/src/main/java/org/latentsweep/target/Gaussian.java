package org.latentsweep.target;

import java.util.List;

/** {@code gaussian}: N(0, I) in two dimensions; entropy 2.837877 nats. */
public final class Gaussian extends GaussianMixture {
  /** For {@link java.util.ServiceLoader}. */
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

  @Override
  public double defaultBandwidth() {
    return 0.2;
  }

  @Override
  public double drawnHalfWidth() {
    return 4.2;
  }

  @Override
  public double supportHalfWidth() {
    return 6.5;
  }
}
