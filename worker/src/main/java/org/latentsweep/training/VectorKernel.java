package org.latentsweep.training;

import java.util.OptionalDouble;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;

/** The kernel whose networks are {@link VectorMlp}s. */
final class VectorKernel implements CpuKernel {
  VectorKernel() {}

  @Override
  public String description() {
    return VectorProducts.LANES + "-lane vectors";
  }

  @Override
  public int lanes() {
    return VectorProducts.LANES;
  }

  @Override
  public OptionalDouble peak() {
    return OptionalDouble.of(VectorPeak.flopsPerSecond());
  }

  @Override
  public Mlp network(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial) {
    return new VectorMlp(spec, adam, sizes, batch, initial);
  }
}
