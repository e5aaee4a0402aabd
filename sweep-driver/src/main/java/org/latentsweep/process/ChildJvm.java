package org.latentsweep.process;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The command that starts a JVM with the options and the class path of this one. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * Returns the command.
   *
   * @param main the class to run
   * @param shared tells which options of this JVM the child gets too
   * @param options options of the child alone
   */
  public static List<String> command(
      Class<?> main, Predicate<String> shared, List<String> options) {
    List<String> command = new ArrayList<>(List.of(java()));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(shared)
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    return command;
  }

  /** Returns the path of the program {@code java} that runs this process. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The class path of this process, and the program itself, which spark-submit's loader has. */
  private static String classPath() {
    List<String> places = new ArrayList<>(List.of(System.getProperty("java.class.path")));
    if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
      Stream.of(loader.getURLs())
          .filter(url -> url.getProtocol().equals("file"))
          .map(url -> Path.of(URI.create(url.toString())).toString())
          .forEach(places::add);
    }
    return String.join(File.pathSeparator, places);
  }
}
