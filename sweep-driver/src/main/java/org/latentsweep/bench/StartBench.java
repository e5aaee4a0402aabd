package org.latentsweep.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.fs.FileUtil;
import org.latentsweep.engine.Monitor;
import org.latentsweep.engine.Progress;
import org.latentsweep.metric.Medians;
import org.latentsweep.process.ChildJvm;
import org.latentsweep.process.OutputTail;

/**
 * The command {@code bench start}: measures how long short commands take, each in a process of its
 * own, as a user waits for them. The commands take turns with {@code java -version}, whose time
 * says how fast the machine is at the moment.
 */
public final class StartBench {
  private static final String JAVA = "java -version";
  private static final int POINTS = 50_000; // those of the measured score

  private final Path home;
  private final Path work;
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>(); // by command

  private StartBench(Path home, Path work) {
    this.home = home;
    this.work = work;
  }

  /**
   * The times of a command.
   *
   * @param command what was executed
   * @param seconds median by the clock
   * @param overJava median of the ratio to {@code java -version} of the same round
   */
  public record StartTime(String command, double seconds, double overJava) {}

  /**
   * Measures.
   *
   * @param home folder of the launcher
   * @param rounds number of times that each command is executed
   * @throws IOException with the last lines of a command that failed
   */
  public static List<StartTime> measure(Path home, int rounds, Monitor monitor) throws IOException {
    Path work = Files.createTempDirectory("latentsweep-start");
    try {
      StartBench bench = new StartBench(home, work);
      Path points = Files.writeString(work.resolve("points.csv"), points());
      bench.execute("plan", "plan", bench.smoke("unused")); // builds the program if necessary
      bench.seconds.clear();
      long start = System.nanoTime();
      for (int round = 0; round < rounds; round++) {
        bench.round("results" + round, points.toString());
        monitor.show(
            new Progress(
                "measuring",
                "rounds",
                rounds,
                round + 1,
                Duration.ofNanos(System.nanoTime() - start)));
      }
      return bench.times();
    } finally {
      FileUtil.fullyDelete(work.toFile());
    }
  }

  private void round(String results, String points) throws IOException {
    String folder = work.resolve(results).toString();
    time(JAVA, List.of(ChildJvm.java(), "-version"));
    execute("run, 8 runs", "run", smoke(results));
    execute("run, nothing left", "run", smoke(results));
    execute("status", "status", List.of(folder));
    execute("plan", "plan", smoke("unused"));
    execute("sql", "sql", List.of(folder, "SELECT count(*) FROM runs"));
    execute("analyze, nothing left", "analyze", List.of(folder, "--metrics", "kl"));
    execute("report, 8 runs", "report", List.of(folder));
    execute(
        String.format(Locale.ROOT, "score, %d points", POINTS),
        "score",
        List.of("--target", "gaussian", "--samples", points));
  }

  private List<String> smoke(String results) {
    return List.of(
        home.resolve("conf/sweeps/smoke.conf").toString(),
        "--set",
        "output=" + work.resolve(results));
  }

  private static String points() {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("x,y\n");
    for (int i = 0; i < POINTS; i++) {
      csv.append(random.nextGaussian()).append(',').append(random.nextGaussian()).append('\n');
    }
    return csv.toString();
  }

  private void execute(String name, String command, List<String> rest) throws IOException {
    List<String> all = new ArrayList<>(List.of(home.resolve("latentsweep").toString(), command));
    all.addAll(rest);
    time(name, all);
  }

  private void time(String name, List<String> command) throws IOException {
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    OutputTail output = new OutputTail(process.inputReader(StandardCharsets.UTF_8));
    int code = process.onExit().join().exitValue();
    seconds.computeIfAbsent(name, key -> new ArrayList<>()).add((System.nanoTime() - start) / 1e9);
    if (code != 0) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "Cannot measure %s: it ended with exit code %d: %s",
              name,
              code,
              String.join(" | ", tail(output))));
    }
  }

  private static List<String> tail(OutputTail output) {
    try {
      return output.lines(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private List<StartTime> times() {
    double[] java = array(seconds.get(JAVA));
    return seconds.entrySet().stream()
        .map(
            command -> {
              double[] own = array(command.getValue());
              double[] ratios = new double[own.length];
              Arrays.setAll(ratios, round -> own[round] / java[round]);
              return new StartTime(command.getKey(), Medians.median(own), Medians.median(ratios));
            })
        .toList();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
