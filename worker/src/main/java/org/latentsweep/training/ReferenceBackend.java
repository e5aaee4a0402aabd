package org.latentsweep.training;

import java.util.Optional;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;

/** {@code reference}: plain Java in double precision. Slow; what the others are tested against. */
public final class ReferenceBackend extends MlpBackend {
  /** For {@link java.util.ServiceLoader}. */
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
