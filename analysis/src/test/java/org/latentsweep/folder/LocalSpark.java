package org.latentsweep.folder;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Has one local Spark session with two cores for all tests of a JVM. */
public final class LocalSpark {
  private LocalSpark() {}

  /** Returns the session. */
  public static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .config("spark.sql.shuffle.partitions", 1)
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate();
  }

  /** Returns the result of a query on the views of a folder. */
  public static Dataset<Row> sql(SweepFolder folder, String query) {
    Views.define(session(), folder);
    return session().sql(query);
  }
}
