package org.latentsweep.execution;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real standalone cluster on this machine: a master, workers and spark-submit, each in its own
 * process, with the jars of Spark that the build uses.
 *
 * <p>If the system has several loopback addresses, each worker has its own, so that Spark treats it
 * as a separate host. All ports are free ones. The processes are killed when the cluster is closed
 * or this process ends.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");

  /** Options for processes that are too short for optimised code to pay. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Path folder;
  private final Path home;
  private final String master;
  private final List<ClusterProcess> processes = new CopyOnWriteArrayList<>();
  private final List<ClusterWorker> workers = new ArrayList<>();
  private final Thread atExit = new Thread(this::killAll);
  private int started;

  private StandaloneCluster(Path folder) throws IOException {
    this.folder = folder;
    this.home = folder.resolve("spark-home");
    linkJars(Files.createDirectories(home.resolve("jars")));
    Runtime.getRuntime().addShutdownHook(atExit);
    this.master =
        start("master", Map.of(), "org.apache.spark.deploy.master.Master", "--port", "0")
            .await(MASTER)
            .group(1);
  }

  /**
   * Starts a master and two workers of one core each.
   *
   * @param folder folder for everything that they write
   */
  static StandaloneCluster start(Path folder) throws IOException {
    return start(folder, StandaloneCluster::mend);
  }

  /** Starts a master and one worker, as {@link #addWorker(int, Map)} does. */
  static StandaloneCluster startWithWorker(Path folder, int cores, Map<String, String> environment)
      throws IOException {
    return start(folder, cluster -> cluster.addWorker(cores, environment));
  }

  private interface Workers {
    void startIn(StandaloneCluster cluster) throws IOException;
  }

  private static StandaloneCluster start(Path folder, Workers workers) throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(folder);
    try {
      workers.startIn(cluster);
      return cluster;
    } catch (IOException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** Links the jars of Spark's own programs, without the jar of the product. */
  private static void linkJars(Path jars) throws IOException {
    String classPath = Files.readString(TARGET.resolve("spark-home.classpath")).strip();
    for (String jar : classPath.split(File.pathSeparator)) {
      Path file = Path.of(jar);
      Files.createSymbolicLink(jars.resolve(file.getFileName()), file);
    }
  }

  /** Brings the cluster back to two workers with the default environment. */
  void mend() throws IOException {
    for (ClusterWorker worker : List.copyOf(workers)) {
      if (!worker.isPlain() || !worker.isAlive()) {
        worker.kill();
        workers.remove(worker);
      }
    }
    while (workers.size() < 2) {
      addWorker();
    }
  }

  /** Returns the workers, including those that were killed after the last {@link #mend}. */
  List<ClusterWorker> workers() {
    return List.copyOf(workers);
  }

  /** Starts a worker of one core, and waits until it is registered. */
  ClusterWorker addWorker() throws IOException {
    return addWorker(1, Map.of());
  }

  /**
   * Starts a worker, and waits until it is registered.
   *
   * @param cores number of task slots
   * @param environment further variables of the worker, which its executors inherit
   */
  ClusterWorker addWorker(int cores, Map<String, String> environment) throws IOException {
    int number = ++started;
    Path work = Files.createDirectory(folder.resolve("worker-" + number));
    Map<String, String> all = new HashMap<>(environment);
    all.put("SPARK_LOCAL_IP", address(number));
    ClusterProcess process =
        start(
            work.getFileName().toString(),
            all,
            "org.apache.spark.deploy.worker.Worker",
            "--cores",
            Integer.toString(cores),
            "--memory",
            "2g",
            "--work-dir",
            work.toString(),
            master);
    process.await(REGISTERED);
    ClusterWorker worker = new ClusterWorker(process, work, environment.isEmpty());
    workers.add(worker);
    return worker;
  }

  /** Returns a loopback address: Linux has all of 127.0.0.0/8, other systems only the first. */
  private static String address(int number) throws IOException {
    String own = "127.0.0." + number;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(own))) {
      return probe.getInetAddress().getHostAddress();
    } catch (java.net.BindException e) {
      return "127.0.0.1";
    }
  }

  /**
   * Starts spark-submit in client mode, so that its process is the driver, with the shipped
   * settings, the shaded jar and the arguments of a command.
   *
   * @param settings settings that override the shipped ones
   */
  Submission submit(Map<String, String> settings, Object... arguments) throws IOException {
    String temporary = "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("temporary"));
    Map<String, String> all = new TreeMap<>();
    all.put("spark.driver.host", "127.0.0.1");
    all.put("spark.ui.port", "0");
    all.put("spark.executor.memory", "1g");
    // Tasks start when both workers have executors, so that a fault of either hits a task.
    all.put("spark.cores.max", "2");
    all.put("spark.scheduler.minRegisteredResourcesRatio", "1");
    all.put("spark.driver.defaultJavaOptions", temporary);
    all.put("spark.executor.defaultJavaOptions", temporary + " " + SHORT_LIVED);
    all.putAll(settings);
    Stream<String> options =
        all.entrySet().stream()
            .flatMap(entry -> Stream.of("--conf", entry.getKey() + "=" + entry.getValue()));
    Stream<String> program =
        Stream.of(
            "--master",
            master,
            "--properties-file",
            "conf/spark-defaults.conf",
            TARGET.resolve("latentsweep.jar").toString());
    Stream<String> words = Stream.of(arguments).map(Object::toString);
    return new Submission(
        start(
            "submit-" + ++started,
            Map.of(),
            Stream.of(Stream.of("org.apache.spark.deploy.SparkSubmit"), options, program, words)
                .flatMap(part -> part)
                .toArray(String[]::new)));
  }

  private ClusterProcess start(String name, Map<String, String> environment, String... command)
      throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("SPARK_HOME", home.toString());
    all.put(
        "SPARK_SCALA_VERSION",
        "2.12"); // otherwise guessed from folders that only the sources of Spark have
    all.put("SPARK_LOCAL_IP", "127.0.0.1");
    all.put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    all.put("SPARK_DAEMON_JAVA_OPTS", SHORT_LIVED);
    all.put("SPARK_SUBMIT_OPTS", SHORT_LIVED);
    all.putAll(environment);
    ClusterProcess process = ClusterProcess.start(folder, name, all, Stream.of(command));
    processes.add(process);
    return process;
  }

  private void killAll() {
    // in reverse order: drivers, workers, master
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).kill();
    }
  }

  @Override
  public void close() throws IOException {
    killAll();
    Runtime.getRuntime().removeShutdownHook(atExit);
    try (Stream<Path> links = Files.list(home.resolve("jars"))) {
      for (Path link : links.toList()) { // JUnit would warn about each link that it deletes
        Files.delete(link);
      }
    }
  }
}
