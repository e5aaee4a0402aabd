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
 * A process of a cluster, started as Spark's own scripts start it.
 *
 * @param process the process
 * @param out file with its standard output
 * @param err file with its standard error
 */
record ClusterProcess(Process process, Path out, Path err) {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final long POLL_MILLIS = 20;

  /** What the launcher prints before the command. */
  private static final String BEFORE_COMMAND = "\0\n";

  /**
   * Starts a class of Spark with the command that Spark's launcher makes for it, as {@code
   * bin/spark-class} does.
   *
   * @param folder folder for the files with its output
   * @param name name of these files
   * @param environment variables beyond those of this process
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

  /** Starts in the root of the repository, because paths in {@code conf} are relative to it. */
  private static ProcessBuilder inRepository(
      List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("..").toFile());
    builder.environment().putAll(environment);
    return builder;
  }

  /** Waits until a pattern matches in standard error. */
  Matcher await(Pattern pattern) {
    return await(
        pattern.toString(),
        () -> {
          Matcher matcher = pattern.matcher(text(err));
          return matcher.find() ? matcher : null;
        });
  }

  /** Waits until a condition is true; fails if the process ends. */
  void await(String what, BooleanSupplier condition) {
    await(what, () -> condition.getAsBoolean() ? this : null);
  }

  private <T> T await(String what, Supplier<T> source) {
    long start = System.nanoTime();
    while (true) {
      boolean alive = process.isAlive(); // asked first, so that the last output is not missed
      T found = source.get();
      if (found != null) {
        return found;
      }
      if (!alive || System.nanoTime() - start > TIMEOUT.toNanos()) {
        throw new AssertionError(
            "no '%s', and the process %s:%n%s"
                .formatted(what, alive ? "is running" : "has ended", text(err)));
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

  /**
   * Kills the process and all that it started, as {@code kill -9} does, and waits for their end.
   */
  void kill() {
    List<ProcessHandle> tree =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    tree.forEach(ProcessHandle::destroyForcibly);
    tree.forEach(handle -> handle.onExit().join());
  }
}
