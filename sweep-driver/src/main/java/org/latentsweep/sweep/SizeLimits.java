package org.latentsweep.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.latentsweep.run.RunSpec;

/**
 * Finds runs that no process could train, because an array or the memory cannot hold what their
 * sizes ask for.
 *
 * @param memory the bytes that a process may use for the arrays of a run
 */
record SizeLimits(long memory) {
  /** The longest array that every JVM allows, as in the JDK's own collections. */
  static final long MAX_LENGTH = Integer.MAX_VALUE - 8;

  /** Chosen by judgement: more memory than an executor has. */
  private static final long MEMORY_OF_A_CLUSTER = 1L << 40;

  private static final int FLOAT = Float.BYTES;
  private static final int ARRAYS = 4; // parameters, their gradient and Adam's two moments

  /** A product of sizes, as {@code samples * latent-dim = 10 * 3}. */
  private record Product(String names, long a, long b) {
    double value() {
      return (double) a * b;
    }

    String tooLong() {
      return String.format(
          Locale.ROOT,
          "%s = %d * %d = %.0f, and an array holds at most %d numbers",
          names,
          a,
          b,
          value(),
          MAX_LENGTH);
    }
  }

  /** Bytes that a run needs, and what for. */
  private record Need(String what, double bytes) {}

  /**
   * Returns the limits of this process, or of executors elsewhere if Spark's master is not local.
   */
  static SizeLimits ofTasks() {
    boolean local = System.getProperty("spark.master", "local").startsWith("local");
    return new SizeLimits(local ? Runtime.getRuntime().maxMemory() : MEMORY_OF_A_CLUSTER);
  }

  /** Returns what is too large in a run; empty if nothing is. */
  List<String> problems(RunSpec run) {
    List<String> problems =
        new ArrayList<>(
            products(run).stream()
                .filter(product -> product.value() > MAX_LENGTH)
                .map(Product::tooLong)
                .toList());
    if (problems.isEmpty()) {
      problems.addAll(networkProblems(run));
    }
    if (problems.isEmpty()) {
      problems.addAll(memoryProblems(run));
    }
    return problems;
  }

  private static List<Product> products(RunSpec run) {
    int k = run.latentDimension();
    int d = run.distribution().dimensions();
    int batch = run.batch();
    int maxWidth = Math.max(maxWidth(generator(run)), maxWidth(discriminator(run)));
    return List.of(
        new Product("samples * latent-dim", run.samples().atEnd(), k),
        new Product("samples * dimensions of the target", run.samples().atEnd(), d),
        new Product("snapshots.samples * latent-dim", run.samples().perSnapshot(), k),
        new Product("batch * the largest layer", batch, maxWidth));
  }

  private static int maxWidth(int[] sizes) {
    return Arrays.stream(sizes).max().orElseThrow();
  }

  private static int[] generator(RunSpec run) {
    return run.generator().sizes(run.latentDimension(), run.distribution().dimensions());
  }

  private static int[] discriminator(RunSpec run) {
    return run.discriminator().sizes(run.distribution().dimensions(), 1);
  }

  private static List<String> networkProblems(RunSpec run) {
    List<String> problems = new ArrayList<>();
    addTooLarge("generator", parameters(generator(run)), problems);
    addTooLarge("discriminator", parameters(discriminator(run)), problems);
    return problems;
  }

  private static void addTooLarge(String network, double parameters, List<String> problems) {
    if (parameters > MAX_LENGTH) {
      problems.add(
          String.format(
              Locale.ROOT,
              "the %s has %.0f parameters, and an array holds at most %d",
              network,
              parameters,
              MAX_LENGTH));
    }
  }

  private static double parameters(int[] sizes) {
    double count = 0; // not a long, which widths of 2^31 - 1 would overflow
    for (int l = 0; l + 1 < sizes.length; l++) {
      count += (sizes[l] + 1.0) * sizes[l + 1];
    }
    return count;
  }

  private List<String> memoryProblems(RunSpec run) {
    List<Need> needs = needs(run);
    double all = needs.stream().mapToDouble(Need::bytes).sum();
    if (all <= memory) {
      return List.of();
    }
    Need most = needs.stream().max(Comparator.comparingDouble(Need::bytes)).orElseThrow();
    return List.of(
        String.format(
            Locale.ROOT,
            "a run needs at least %s of memory, of which %s for %s, and a process may use %s",
            gigabytes(all),
            gigabytes(most.bytes),
            most.what,
            gigabytes(memory)));
  }

  /** Returns the memory that every back end uses at least. */
  private static List<Need> needs(RunSpec run) {
    int k = run.latentDimension();
    int d = run.distribution().dimensions();
    double drawn = Math.max(run.samples().atEnd(), run.samples().perSnapshot());
    double rows = run.batch();
    double parameters = parameters(generator(run)) + parameters(discriminator(run));
    double layers = Arrays.stream(generator(run)).asDoubleStream().sum();
    return List.of(
        new Need("the history of steps = " + run.steps(), 4.0 * FLOAT * run.steps()),
        new Need(
            String.format(
                Locale.ROOT, "the latents of samples = %.0f with latent-dim = %d", drawn, k),
            FLOAT * drawn * k),
        new Need(
            String.format(Locale.ROOT, "the %d samples drawn in all", TableBytes.sampleRows(run)),
            (double) FLOAT * TableBytes.sampleRows(run) * d),
        new Need(
            String.format(Locale.ROOT, "%.0f parameters", parameters), ARRAYS * FLOAT * parameters),
        new Need("the layers of batch = " + run.batch(), FLOAT * rows * layers));
  }

  private static String gigabytes(double bytes) {
    return String.format(Locale.ROOT, "%.3g GB", bytes / 1e9);
  }
}
