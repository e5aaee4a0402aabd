package org.latentsweep.execution;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A standalone master and one worker of four task slots with two GPUs, by a script that makes them
 * up, as processes of their own on loopback; sweeps are submitted to it by spark-submit with {@link
 * RecorderBackend} in a jar.
 */
final class GpuCluster {
  private static final Path JAR = Path.of("target/latentsweep.jar");
  private static final int SECONDS = 120; // much more than it takes

  private final Path folder;
  private final String master;
  private final List<Process> daemons = new ArrayList<>();

  GpuCluster(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    linkJars(Files.createDirectories(jars()));
    jarOfTheBackEnd();
    Path discovery =
        Files.writeString(
            folder.resolve("discover"),
            "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'\n");
    discovery.toFile().setExecutable(true);
    int port = freePort();
    master = "spark://127.0.0.1:" + port;
    try {
      daemon(
          "I have been elected leader",
          List.of(),
          List.of(
              "org.apache.spark.deploy.master.Master",
              "--host",
              "127.0.0.1",
              "--port",
              port + "",
              "--webui-port",
              "0"));
      daemon(
          "Successfully registered with master",
          List.of(
              "-Dspark.worker.resource.gpu.amount=2",
              "-Dspark.worker.resource.gpu.discoveryScript=" + discovery),
          List.of(
              "org.apache.spark.deploy.worker.Worker",
              "--host",
              "127.0.0.1",
              "--webui-port",
              "0",
              "-c",
              "4",
              "-m",
              "1g",
              "-d",
              folder.resolve("work").toString(),
              master));
    } catch (IOException | InterruptedException | RuntimeException e) {
      stop();
      throw e;
    }
  }

  private Path jars() {
    return folder.resolve("spark/jars");
  }

  /** Links to all that the tests have but latentsweep itself. */
  private static void linkJars(Path jars) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String jar : classPath.split(File.pathSeparator)) {
      String name = Path.of(jar).getFileName().toString();
      if (name.endsWith(".jar") && !name.startsWith("latentsweep")) {
        Files.createSymbolicLink(jars.resolve(name), Path.of(jar));
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void jarOfTheBackEnd() throws IOException {
    Path jar = folder.resolve("recorder.jar");
    String service = "META-INF/services/org.latentsweep.training.Backend";
    String type = RecorderBackend.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String name : List.of(service, type)) {
        out.putNextEntry(new ZipEntry(name));
        Files.copy(Path.of("target/test-classes", name), out);
      }
    }
  }

  private void daemon(String ready, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    Path log = folder.resolve("daemon" + daemons.size() + ".log");
    Process process = java(log, options, arguments);
    daemons.add(process);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!Files.readString(log).contains(ready)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("no '" + ready + "' in " + Files.readString(log));
      }
      Thread.sleep(100);
    }
  }

  private Process java(Path log, List<String> options, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@../conf/jvm.options");
    command.addAll(options);
    command.addAll(List.of("-cp", jars() + "/*"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(log.toFile()).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    return builder.start();
  }

  /**
   * Submits a command of latentsweep. The driver cannot use the back end.
   *
   * @param properties of Spark, as KEY=VALUE
   * @return the exit code, and all that was printed
   */
  Cli submit(List<String> properties, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                master,
                "--jars",
                folder.resolve("recorder.jar").toString()));
    List<String> all = new ArrayList<>(properties);
    all.add("spark.driver.host=127.0.0.1");
    all.add("spark.ui.enabled=false");
    all.add("spark.executor.memory=1g");
    all.add("spark.executor.resource.gpu.amount=2");
    all.forEach(property -> command.addAll(List.of("--conf", property)));
    command.add(JAR.toString());
    List.of(arguments).forEach(argument -> command.add(argument.toString()));
    Path log = folder.resolve("submit.log");
    Process process = java(log, List.of("-Drecorder.unavailable=driver"), command);
    try {
      process.waitFor(2 * SECONDS, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
    return new Cli(process.exitValue(), "", Files.readString(log, StandardCharsets.UTF_8));
  }

  /** Ends all processes. */
  void stop() throws IOException, InterruptedException {
    for (Process daemon : daemons) {
      daemon.destroy();
    }
    for (Process daemon : daemons) {
      daemon.waitFor(SECONDS, TimeUnit.SECONDS);
      daemon.destroyForcibly().waitFor();
    }
    try (Stream<Path> links = Files.list(jars())) { // or JUnit warns of each
      links.forEach(link -> link.toFile().delete());
    }
  }
}
