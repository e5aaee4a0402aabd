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
 * The back end {@code cpu}: single precision, one thread per run, with the faster {@link CpuKernel}
 * that this JVM can run. It switches off the threads of BLAS and OpenMP in the whole process, since
 * with as many runs as cores more threads slow down all runs.
 */
public final class CpuBackend extends MlpBackend {
  private static final Logger LOG = LoggerFactory.getLogger(CpuBackend.class);

  /** The Java module that the faster kernel needs. */
  public static final String VECTORS = "jdk.incubator.vector";

  /** Environment variables that make OpenBLAS use older kernels than the processor has. */
  public static final List<String> SLOWING = List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE");

  /**
   * The vector kernel is used if a vector has at least this many lanes: the fewest with which it
   * was measured to be faster than OpenBLAS (BENCHMARKS.md).
   */
  private static final int MIN_LANES = 8;

  private final CpuKernel kernel;

  /** Called by {@link java.util.ServiceLoader}. */
  public CpuBackend() {
    this(Fastest.KERNEL);
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
      Native.DEVICE.isEmpty(); // loads the libraries
      return Optional.empty();
    } catch (LinkageError e) { // no native library for this platform
      return Optional.of("ND4J's native library cannot be loaded: " + e);
    }
  }

  /**
   * Returns how many single-precision floating-point operations per second one core does at most,
   * measured now, which takes about 50 ms. It is empty if the vector kernel is not used.
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

  /** Holds the kernel, which is chosen once, on first use. */
  private static final class Fastest {
    static final CpuKernel KERNEL = choose(ModuleLayer.boot().findModule(VECTORS).isPresent());
  }

  /**
   * Returns the fastest kernel.
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
    return kernel.lanes() < MIN_LANES ? CpuKernel.OPENBLAS : kernel;
  }

  /** Loads the native libraries once, on first use. */
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
