package org.latentsweep.execution;

import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.Views;
import org.latentsweep.mlflow.MlflowLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the finished runs of a folder to MLflow if a tracking server is configured. */
final class MlflowUpload {
  private static final Logger LOG = LoggerFactory.getLogger(MlflowUpload.class);

  /** Matches user:password@, which is removed before logging. */
  private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

  /** Chosen by judgement: the longest time that the server may take to log one run. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private MlflowUpload() {}

  /** Logs the runs. Failures are only warned of, because the sweep itself is complete by then. */
  static void upload(SparkApplication spark, SweepFolder folder) {
    String uri = trackingUri();
    if (uri.isEmpty()) {
      return;
    }
    try {
      Views.define(spark.session(), folder);
      new MlflowLog(uri, TIMEOUT).write(spark.session());
    } catch (RuntimeException | LinkageError e) {
      LOG.warn(
          "Cannot log to MLflow at {}: {}",
          USER_INFO.matcher(uri).replaceFirst("//"),
          ErrorTranslation.reason(e));
    }
  }

  private static String trackingUri() {
    String variable = System.getenv().getOrDefault("MLFLOW_TRACKING_URI", "");
    return new SparkConf().get("spark.latentsweep.mlflow.trackingUri", variable);
  }
}
