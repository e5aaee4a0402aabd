package org.latentsweep.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.engine.Monitor;
import org.latentsweep.engine.Progress;

/**
 * The Spark application of this process: on the cluster that spark-submit names, or else in this
 * process on all cores. It starts when its session is first asked for; many commands never do.
 */
final class SparkApplication implements AutoCloseable {
  private static final String MASTER = "spark.master";
  private static final String LOCAL = "local[*]";
  private static final String PLUGINS = "spark.plugins";

  private volatile SparkSession session; // null before the start

  /** Gives the jobs of one step a name and a description in Spark's UI until it is closed. */
  final class JobGroup implements AutoCloseable {
    private final String name;
    private final String description;

    private JobGroup(String name, String description) {
      this.name = name;
      this.description = description;
    }

    /** Returns the session, and starts Spark if it is not running. */
    SparkSession session() {
      SparkSession spark = SparkApplication.this.session();
      spark.sparkContext().setJobGroup(name, description, false);
      return spark;
    }

    /**
     * Shows how many tasks of the group are done until the result is closed.
     *
     * @param unit what a task does one of, in the plural
     */
    Ticker watch(Monitor monitor, String activity, String unit) {
      return new Ticker(monitor, elapsed -> progress(activity, unit, elapsed));
    }

    private Progress progress(String activity, String unit, Duration elapsed) {
      int total = 0;
      int done = 0;
      for (SparkStageInfo stage : stages()) {
        total += stage.numTasks();
        done += stage.numCompletedTasks();
      }
      return new Progress(activity, unit, total, done, elapsed);
    }

    private List<SparkStageInfo> stages() {
      List<SparkStageInfo> stages = new ArrayList<>();
      if (started().isPresent()) {
        SparkStatusTracker tracker = started().get().statusTracker();
        for (int job : tracker.getJobIdsForGroup(name)) {
          for (int stage :
              tracker.getJobInfo(job).map(SparkJobInfo::stageIds).getOrElse(() -> new int[0])) {
            tracker.getStageInfo(stage).foreach(stages::add);
          }
        }
      }
      return stages;
    }

    @Override
    public void close() {
      started().ifPresent(SparkContext::clearJobGroup);
    }
  }

  /** Returns whether Spark runs in this process. */
  static boolean isLocal(SparkConf conf) {
    return conf.get(MASTER, LOCAL).startsWith("local");
  }

  /** Returns the context if Spark was started. */
  Optional<SparkContext> started() {
    return Optional.ofNullable(session).map(SparkSession::sparkContext);
  }

  /** Returns the session, and starts Spark if it is not running. */
  SparkSession session() {
    if (session == null) {
      SparkConf conf = configuration();
      if (isLocal(conf)) {
        LocalMachine.require();
      }
      session = SparkSession.builder().config(conf).getOrCreate();
    }
    return session;
  }

  private static SparkConf configuration() {
    SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "latentsweep");
    conf.setIfMissing(MASTER, LOCAL);
    if (isLocal(conf)) {
      conf.setIfMissing("spark.ui.enabled", "false");
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      // Driver and executor are one process: one is not lost while the other lives, and a laptop
      // that
      // sleeps loses neither.
      conf.setIfMissing("spark.executor.heartbeatInterval", "1h");
      conf.setIfMissing("spark.network.timeout", "30d");
      conf.setIfMissing("spark.sql.shuffle.partitions", String.valueOf(cores()));
    }
    conf.setIfMissing("spark.ui.showConsoleProgress", "false"); // the command line shows its own
    conf.set(PLUGINS, appended(conf.get(PLUGINS, ""), SweepMetrics.class.getName()));
    Gpus.configure(conf);
    return conf;
  }

  private static String appended(String list, String item) {
    return list.isBlank() ? item : list + "," + item;
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Returns the context, and starts Spark if it is not running. */
  JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session().sparkContext());
  }

  /** Returns a group for the jobs of one step. */
  JobGroup jobGroup(String name, String description) {
    return new JobGroup(name, description);
  }

  /** Returns the number of tasks that run at the same time. */
  int slots() {
    SparkConf conf = new SparkConf();
    boolean allCores = conf.get(MASTER, LOCAL).equals(LOCAL);
    return allCores ? cores() : Math.max(requestedSlots(conf), context().defaultParallelism());
  }

  /** Only a few executors have registered when an application has just started. */
  private static int requestedSlots(SparkConf conf) {
    int ofExecutors =
        conf.getInt("spark.executor.instances", 0) * conf.getInt("spark.executor.cores", 1);
    return Math.max(conf.getInt("spark.cores.max", 0), ofExecutors);
  }

  /** Returns Hadoop's settings, from spark-submit or from the environment. */
  Configuration hadoop() {
    return started()
        .map(SparkContext::hadoopConfiguration)
        .orElseGet(() -> SparkHadoopUtil.get().newConfiguration(new SparkConf()));
  }

  /** Stops Spark if it was started. */
  @Override
  public void close() {
    if (session != null) {
      session.stop();
    }
  }
}
