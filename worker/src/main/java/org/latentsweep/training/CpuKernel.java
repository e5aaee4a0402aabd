package org.latentsweep.training;

import java.util.OptionalDouble;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;

/** An implementation of networks on the processor. */
interface CpuKernel {

  /** ND4J and its BLAS, on any processor that ND4J has a native library for. */
  CpuKernel OPENBLAS =
      new CpuKernel() {
        @Override
        public String description() {
          return "OpenBLAS";
        }

        @Override
        public int lanes() {
          return 1;
        }

        @Override
        public OptionalDouble peak() {
          return OptionalDouble.empty();
        }

        @Override
        public Mlp network(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial) {
          return new CpuMlp(spec, adam, sizes, batch, initial);
        }
      };

  /**
   * Returns the kernel that uses vector instructions from Java. It is loaded by reflection, because
   * its classes need an incubator module to be compiled and loaded, which this class must not need.
   */
  static CpuKernel vectors() {
    try {
      return Class.forName("org.latentsweep.training.VectorKernel")
          .asSubclass(CpuKernel.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Cannot load the vector kernel", e);
    }
  }

  /** Returns the name of the kernel, as the run's row records it. */
  String description();

  /** Returns how many numbers one of its instructions handles. */
  int lanes();

  /**
   * Returns how many floating-point operations per second its instructions do at most on one core,
   * measured now; empty if it cannot measure that.
   */
  OptionalDouble peak();

  /** Makes one network, as {@link MlpBackend#network} does. */
  Mlp network(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial);
}
