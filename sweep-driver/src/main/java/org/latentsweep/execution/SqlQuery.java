package org.latentsweep.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.Views;

/** The command {@code sql}: a query on the tables of a folder. */
final class SqlQuery {
  private SqlQuery() {}

  static ResultTable run(SparkSession spark, SweepFolder folder, String query) {
    Views.define(spark, folder);
    Dataset<Row> rows = spark.sql(query);
    return new ResultTable(
        Arrays.asList(rows.columns()),
        rows.collectAsList().stream().map(SqlQuery::printableValues).toList());
  }

  private static List<Object> printableValues(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(printable(row.get(i)));
    }
    return values;
  }

  private static Object printable(Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    return value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString();
  }
}
