package org.latentsweep.execution;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.latentsweep.sweep.RequestException;

/**
 * How a sweep asks Spark for the GPUs of its executors. With one pack on a GPU, the training stage
 * alone asks, and other stages have all cores. Spark 3.5 has two limits: it splits a GPU in equal
 * shares for the whole application or not at all, and with dynamic allocation it starts executors
 * without GPUs for a stage that asks for more than the application does. In both cases all tasks
 * ask. In local mode Spark knows of no GPUs, and a job that asked would hang.
 */
final class Gpus {
  /** What Spark calls them, in properties and in tasks. */
  static final String RESOURCE = "gpu";

  /** How many packs are in training on one GPU at the same time. */
  static final String PACKS = "spark.latentsweep.gpu.packs";

  private static final String ON_EXECUTOR = "spark.executor.resource.gpu.amount";
  private static final String PER_TASK = "spark.task.resource.gpu.amount";
  private static final int DIGITS = 10; // of a share, rounded down so that Spark gives no fewer

  private Gpus() {}

  /** Sets what has to be set before Spark is started; what the user has set stays. */
  static void configure(SparkConf conf) {
    int packs = packs(conf);
    boolean forAllTasks = packs > 1 || conf.getBoolean("spark.dynamicAllocation.enabled", false);
    if (onExecutors(conf) && forAllTasks) {
      BigDecimal share =
          BigDecimal.ONE.divide(BigDecimal.valueOf(packs), DIGITS, RoundingMode.DOWN);
      conf.setIfMissing(PER_TASK, share.stripTrailingZeros().toPlainString());
    }
  }

  private static boolean onExecutors(SparkConf conf) {
    return !SparkEngine.isLocal(conf) && conf.getInt(ON_EXECUTOR, 0) > 0;
  }

  /**
   * Packs on one device at the same time: what the user gave Spark, or us, or else 1.
   *
   * @throws RequestException if it is no number from 1
   */
  static int packs(SparkConf conf) {
    if (conf.contains(PER_TASK)) {
      return Math.max(1, (int) (1 / conf.getDouble(PER_TASK, 1)));
    }
    String packs = conf.get(PACKS, "1");
    if (!packs.matches("[1-9]\\d{0,3}")) {
      throw new RequestException(
          "Cannot use %s: it must be a whole number from 1 to 9999, found %s"
              .formatted(PACKS, packs));
    }
    return Integer.parseInt(packs);
  }

  /** Packs to train, each on a GPU where executors have them. */
  static <T> JavaRDD<T> training(JavaRDD<T> packs) {
    SparkConf conf = packs.context().getConf();
    if (!onExecutors(conf) || conf.contains(PER_TASK)) {
      return packs;
    }
    TaskResourceRequests requests =
        new TaskResourceRequests().cpus(conf.getInt("spark.task.cpus", 1)).resource(RESOURCE, 1);
    return packs.withResources(new ResourceProfileBuilder().require(requests).build());
  }
}
