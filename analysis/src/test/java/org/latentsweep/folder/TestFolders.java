package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.table.Table;

/** Copies and compares output folders in tests. */
final class TestFolders {
  private TestFolders() {}

  /** Creates or opens a folder. */
  static SweepFolder create(Path root) throws IOException {
    return SweepFolder.create(root.toString(), new Configuration());
  }

  /** Copies a folder to an empty one. */
  static SweepFolder copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return create(to);
  }

  /** Returns the rows of all tables that parts have files in. */
  static Map<Table<?>, List<Row>> rows(SweepFolder folder) {
    SparkSession spark = LocalSpark.session();
    Views.define(spark, folder);
    Map<Table<?>, List<Row>> rows = new HashMap<>();
    Compaction.TABLES.forEach(
        table -> rows.put(table, spark.table(table.tableName()).collectAsList()));
    return rows;
  }

  /** Asserts that a folder has the same rows as before, by EXCEPT ALL in both directions. */
  static void assertSameRows(SweepFolder folder, Map<Table<?>, List<Row>> before) {
    SparkSession spark = LocalSpark.session();
    Views.define(spark, folder);
    before.forEach(
        (table, rows) -> {
          Dataset<Row> now = spark.table(table.tableName());
          Dataset<Row> then = spark.createDataFrame(rows, now.schema());
          assertThat(rows).isNotEmpty();
          assertThat(now.exceptAll(then).collectAsList()).as(table + " gained").isEmpty();
          assertThat(then.exceptAll(now).collectAsList()).as(table + " lost").isEmpty();
        });
  }

  /** Returns, for each table, the number of rows and the sum of their hashes. */
  static List<Row> sums(SweepFolder folder) {
    Views.define(LocalSpark.session(), folder);
    return sums(LocalSpark.session());
  }

  /** Does the same in a session in which the views are made already. */
  static List<Row> sums(SparkSession session) {
    return session
        .sql(
            Compaction.TABLES.stream()
                .map(table -> "SELECT count(*), sum(xxhash64(*)) FROM " + table.tableName())
                .collect(Collectors.joining(" UNION ALL ")))
        .collectAsList();
  }
}
