package org.latentsweep.execution;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command line in its own process, as the launcher starts it. */
final class OwnProcess {
  private OwnProcess() {}

  /** Returns a builder for a process with some options of Java and arguments. */
  static ProcessBuilder builder(List<String> options, String... arguments) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@../conf/jvm.options");
    Stream<String> main = Stream.of("-cp", classPath, "org.latentsweep.Latentsweep");
    return new ProcessBuilder(
        Stream.of(java, options.stream(), main, Stream.of(arguments))
            .flatMap(part -> part)
            .toList());
  }
}
