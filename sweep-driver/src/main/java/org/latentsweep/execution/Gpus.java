package org.latentsweep.execution;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.latentsweep.sweep.RequestException;

/**
 * Requests the GPUs of executors from Spark. If each GPU trains one pack at a time, only the
 * training stage requests GPUs, and other stages can use all cores.
 *
 * <p>All tasks request GPUs in two cases, because of limits of Spark 3.5: it can split a GPU into
 * equal shares only for the whole application, and with dynamic allocation it starts executors
 * without GPUs for a stage that requests more than the application does. In local mode no task
 * requests any: Spark knows of no GPUs then, and the job would wait forever.
 */
final class Gpus {
  /** Spark's name of the resource, in properties and in tasks. */
  static final String RESOURCE = "gpu";

  /** The property for the number of packs that are in training on one GPU at the same time. */
  static final String PACKS = "spark.latentsweep.gpu.packs";

  private static final String ON_EXECUTOR = "spark.executor.resource.gpu.amount";
  private static final String PER_TASK = "spark.task.resource.gpu.amount";
  private static final int DIGITS = 10; // of a share, rounded down so that all packs fit on a GPU

  private Gpus() {}

  /** Sets the properties that Spark needs before it starts, except those that the user has set. */
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
    return !SparkApplication.isLocal(conf) && conf.getInt(ON_EXECUTOR, 0) > 0;
  }

  /**
   * Returns the number of packs on one device at the same time: from Spark's own property if it is
   * set, otherwise from {@link #PACKS}, 1 by default.
   *
   * @throws RequestException if {@link #PACKS} is not a number from 1 to 9999
   */
  static int packs(SparkConf conf) {
    if (conf.contains(PER_TASK)) {
      return Math.max(1, (int) (1 / conf.getDouble(PER_TASK, 1)));
    }
    String packs = conf.get(PACKS, "1");
    if (!packs.matches("[1-9]\\d{0,3}")) {
      throw new RequestException(
          String.format(
              Locale.ROOT,
              "Cannot use %s: it must be a whole number from 1 to 9999, found %s",
              PACKS,
              packs));
    }
    return Integer.parseInt(packs);
  }

  /** Makes each task of an RDD of packs request a GPU if executors have GPUs. */
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
