package org.latentsweep.training;

import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;

class ReferenceMlpTest extends MlpContract {
  @Override
  Mlp network(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial) {
    return new ReferenceMlp(spec, adam, sizes, initial);
  }

  /** The precision of central differences, and of the parameters, which are returned as floats. */
  @Override
  double tolerance() {
    return 1e-6;
  }
}
