package org.latentsweep.training;

import java.util.Optional;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;

/**
 * The back end {@code reference}: plain loops in double precision. It is slow; the other back ends
 * are tested against it.
 */
public final class ReferenceBackend extends MlpBackend {
  /** Called by {@link java.util.ServiceLoader}. */
  public ReferenceBackend() {}

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  String device() {
    return "JVM " + Runtime.version();
  }

  @Override
  Mlp network(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial) {
    return new ReferenceMlp(spec, adam, sizes, initial);
  }
}
