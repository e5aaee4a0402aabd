package org.latentsweep.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process of a cluster, started as Spark's own scripts start it, whose output goes to files.
 *
 * @param process which
 * @param out its standard output
 * @param err its standard error
 */
record ClusterProcess(Process process, Path out, Path err) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long POLL_MILLIS = 20;

  /** What {@code bin/spark-class} prints of its own before the command. */
  private static final String BEFORE_COMMAND = "\0\n";

  /**
   * Starts a class of Spark with the command that Spark's launcher makes for it, which is all that
   * {@code bin/spark-class} does.
   *
   * @param name of the files for its output, in the folder
   * @param environment added to that of this process
   * @param command class and arguments
   */
  static ClusterProcess start(
      Path folder, String name, Map<String, String> environment, Stream<String> command)
      throws IOException {
    Path jars = Path.of(environment.get("SPARK_HOME"), "jars", "*");
    Stream<String> launcher =
        Stream.of(
            java(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            jars.toString(),
            "org.apache.spark.launcher.Main");
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    Process launching =
        inRepository(Stream.concat(launcher, command).toList(), environment)
            .redirectError(err.toFile())
            .start();
    String printed =
        new String(launching.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replaceFirst(BEFORE_COMMAND, "");
    if (printed.isEmpty()) {
      throw new IOException("Cannot start " + name + ": " + Files.readString(err));
    }
    Process process =
        inRepository(List.of(printed.split("\0")), environment)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new ClusterProcess(process, out, err);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Where an operator stands, and what the paths in {@code conf} are relative to. */
  private static ProcessBuilder inRepository(
      List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("..").toFile());
    builder.environment().putAll(environment);
    return builder;
  }

  /** Waits until standard error holds what a pattern finds. */
  Matcher await(Pattern pattern) {
    return await(
        pattern.toString(),
        () -> {
          Matcher matcher = pattern.matcher(text(err));
          return matcher.find() ? matcher : null;
        });
  }

  /** Waits until it is so, while the process lives. */
  void await(String what, BooleanSupplier condition) {
    await(what, () -> condition.getAsBoolean() ? this : null);
  }

  private <T> T await(String what, Supplier<T> source) {
    long start = System.nanoTime();
    while (true) {
      boolean alive = process.isAlive(); // first, to see all that it did before it ended
      T found = source.get();
      if (found != null) {
        return found;
      }
      if (!alive || System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(
            "no '%s', and the process %s:%n%s"
                .formatted(what, alive ? "goes on" : "has ended", text(err)));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it, and all that it started, as {@code kill -9} does, and waits until they are gone. */
  void kill() {
    List<ProcessHandle> tree =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    tree.forEach(ProcessHandle::destroyForcibly);
    tree.forEach(handle -> handle.onExit().join());
  }
}
