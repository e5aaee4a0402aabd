package org.latentsweep.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code cpu}: single precision, one thread per run, with the quicker {@link CpuKernel} that this
 * JVM can run. BLAS and OpenMP threads are switched off in the whole process: two of them beside as
 * many runs as cores slow all down.
 */
public final class CpuBackend extends MlpBackend {
  private static final Logger LOG = LoggerFactory.getLogger(CpuBackend.class);

  /** The module that the quicker kernel needs. */
  public static final String VECTORS = "jdk.incubator.vector";

  /** Environment variables that force OpenBLAS onto older kernels than the processor has. */
  public static final List<String> SLOWING = List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE");

  /** In a vector; OpenBLAS makes more of narrower ones. */
  private static final int LEAST_LANES = 8;

  private final CpuKernel kernel;

  /** For {@link java.util.ServiceLoader}. */
  public CpuBackend() {
    this(Quickest.KERNEL);
  }

  CpuBackend(CpuKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public Optional<String> unavailable() {
    try {
      Native.DEVICE.isEmpty();
      return Optional.empty();
    } catch (LinkageError e) { // no natives for this platform
      return Optional.of("ND4J's native library cannot be loaded: " + e);
    }
  }

  /**
   * How many floating-point operations a second one core does at most in single precision, measured
   * now, in about 50 ms; empty where the vector kernel is not used.
   */
  public OptionalDouble peak() {
    return kernel.peak();
  }

  @Override
  String device() {
    return Native.DEVICE + ", " + kernel.description();
  }

  @Override
  Mlp network(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial) {
    return kernel.network(spec, adam, sizes, batch, initial);
  }

  /** Chosen once, when first touched. */
  private static final class Quickest {
    static final CpuKernel KERNEL = choose(ModuleLayer.boot().findModule(VECTORS).isPresent());
  }

  /**
   * The quickest kernel.
   *
   * @param vectors whether the JVM was started with the module that the vector kernel needs
   */
  static CpuKernel choose(boolean vectors) {
    if (!vectors) {
      LOG.warn(
          "Training with {}, the slower kernel: the JVM was started without --add-modules={}",
          CpuKernel.OPENBLAS.description(),
          VECTORS);
      return CpuKernel.OPENBLAS;
    }
    CpuKernel kernel = CpuKernel.vectors();
    return kernel.lanes() < LEAST_LANES ? CpuKernel.OPENBLAS : kernel;
  }

  /** Loads the native libraries once, when first touched. */
  private static final class Native {
    static final String DEVICE = load();

    private static String load() {
      List<String> set = SLOWING.stream().filter(name -> System.getenv(name) != null).toList();
      if (!set.isEmpty()) {
        LOG.warn(
            "{} set in the environment: OpenBLAS may use slower kernels than this processor has",
            String.join(" and ", set));
      }
      Nd4j.getEnvironment().setMaxThreads(1);
      Nd4j.getEnvironment().setMaxMasterThreads(1);
      openblas_nolapack.blas_set_num_threads(1);
      return processor();
    }

    private static String processor() {
      try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      } catch (IOException e) { // not Linux
        return System.getProperty("os.arch");
      }
    }
  }
}
