package org.latentsweep.training;

import java.util.OptionalDouble;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;

/** A way to train networks on a processor. */
interface CpuKernel {

  /** ND4J and its BLAS, on any processor that ND4J has natives for. */
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
   * Vector instructions from Java. By reflection: its classes can be neither compiled with the
   * others nor loaded without a module that the JVM leaves out unless told.
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

  /** For the run's row. */
  String description();

  /** Numbers that one of its instructions handles. */
  int lanes();

  /**
   * How many floating-point operations a second its instructions do at most on one core, measured
   * now; empty where it has no way to tell.
   */
  OptionalDouble peak();

  /** As {@link MlpBackend#network}. */
  Mlp network(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial);
}
