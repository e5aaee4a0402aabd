package org.latentsweep.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latentsweep.process.ChildJvm;
import org.latentsweep.training.CpuBackend;

/**
 * A program whose training speed is measured, and how to start it as a {@link Peer}.
 *
 * @param label its name in messages until it has printed its own
 * @param command the command without the arguments of a {@link Family}
 * @param avx2 whether it must not use wider vectors than those of AVX2
 */
record MeasuredProgram(String label, List<String> command, boolean avx2) {
  /**
   * Limits libraries to one thread; torch.set_num_threads does not reach the OpenBLAS of Debian's
   * PyTorch.
   */
  private static final Map<String, String> ONE_THREAD =
      Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1", "MKL_NUM_THREADS", "1");

  /** Limits libraries that choose their code by the processor. */
  private static final Map<String, String> AVX2 =
      Map.of(
          "OPENBLAS_CORETYPE", "Haswell",
          "ATEN_CPU_CAPABILITY", "avx2",
          "MKL_ENABLE_INSTRUCTIONS", "AVX2",
          "ONEDNN_MAX_CPU_ISA", "AVX2");

  /** Returns this product in a JVM like this one, with the vector kernel or with OpenBLAS. */
  static MeasuredProgram latentsweep(boolean vectors, boolean avx2) {
    List<String> options = new ArrayList<>();
    if (vectors) {
      options.add("--add-modules=" + CpuBackend.VECTORS);
    }
    if (avx2) {
      options.add("-XX:UseAVX=2");
    }
    return new MeasuredProgram(
        vectors ? "latentsweep" : "latentsweep, OpenBLAS",
        ChildJvm.command(CpuPeer.class, option -> !addsVectors(option), options),
        avx2);
  }

  private static boolean addsVectors(String option) {
    return option.startsWith("--add-modules=") && option.contains(CpuBackend.VECTORS);
  }

  /** Returns PyTorch in a Python that {@link #hasTorch}. */
  static MeasuredProgram pyTorch(String python, boolean avx2, Path folder) throws IOException {
    String peer = copy("pytorch_peer.py", folder);
    return new MeasuredProgram("PyTorch", List.of(python, peer), avx2);
  }

  /** Returns whether a Python can import PyTorch. */
  static boolean hasTorch(String python) {
    try {
      return new ProcessBuilder(python, "-c", "import torch")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException e) { // no such program
      return false;
    }
  }

  /**
   * Returns LibTorch from Java.
   *
   * @param checkout folder of the repository, whose Maven wrapper fetches LibTorch
   * @throws IOException if it cannot be fetched, with what Maven prints
   */
  static MeasuredProgram libTorch(Path checkout, boolean avx2, Path folder) throws IOException {
    Path list = folder.resolve("libtorch.classpath");
    Process maven =
        new ProcessBuilder(
                checkout.resolve("mvnw").toString(),
                "-q",
                "-B",
                "-ntp",
                "-f",
                checkout.resolve("worker/pom.xml").toString(),
                "-Plibtorch",
                "dependency:build-classpath",
                "-Dmdep.includeScope=runtime",
                "-Dmdep.outputFile=" + list)
            .redirectErrorStream(true)
            .start();
    String printed = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (maven.onExit().join().exitValue() != 0) {
      throw new IOException("Cannot fetch LibTorch: Maven says\n" + printed.strip());
    }
    String source = copy("LibTorchPeer.java", folder);
    List<String> command = List.of(ChildJvm.java(), "-cp", Files.readString(list).strip(), source);
    return new MeasuredProgram("LibTorch", command, avx2);
  }

  private static String copy(String resource, Path folder) throws IOException {
    Path file = folder.resolve(resource);
    try (InputStream in = MeasuredProgram.class.getResourceAsStream(resource)) {
      Files.copy(in, file);
    }
    return file.toString();
  }

  /**
   * Starts the program.
   *
   * @throws IOException if it cannot be started or does not print its name
   */
  Peer start(Family family) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(family.arguments());
    ProcessBuilder builder = new ProcessBuilder(all);
    setEnvironment(builder.environment());
    return Peer.of(label, builder.start());
  }

  private void setEnvironment(Map<String, String> environment) {
    environment.keySet().removeAll(CpuBackend.SLOWING);
    environment.putAll(ONE_THREAD);
    if (avx2) {
      environment.putAll(AVX2);
    }
  }
}
