package org.latentsweep.target;

import java.util.List;

/** The target {@code normal-1d}: N(0, 1) in one dimension. Its entropy is 1.418939 nats. */
public final class Normal1d extends GaussianMixture {
  /** Called by {@link java.util.ServiceLoader}. */
  public Normal1d() {
    super(List.of(new Mode(List.of(0.0), 1, 1)));
  }

  @Override
  public String name() {
    return "normal-1d";
  }

  @Override
  public NaturalMap naturalMap() {
    return new ProbitMap(1);
  }

  @Override
  public NoiseLaw defaultNoise() {
    return new NoiseLaw.Uniform(-1, 1);
  }

  /** Chosen by judgement: a tenth of the standard deviation. */
  @Override
  public double defaultBandwidth() {
    return 0.1;
  }

  /** The range that the published recipe draws. */
  @Override
  public double drawnHalfWidth() {
    return 3;
  }

  /** 6.5 standard deviations, beyond which a point lies with a probability of 8e-11. */
  @Override
  public double supportHalfWidth() {
    return 6.5;
  }
}
