package org.latentsweep.training;

import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;

class CpuMlpTest extends MlpContract {
  @Override
  Mlp network(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial) {
    return CpuKernel.OPENBLAS.network(spec, adam, sizes, batch, initial);
  }

  /** A hundred times the rounding error of single precision. */
  @Override
  double tolerance() {
    return 1e-5;
  }
}
