package org.latentsweep.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.CommandExecutionMode;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.Views;
import scala.collection.JavaConverters;

/** The command {@code sql}: a query on the tables of a folder. */
final class SqlQuery {
  private SqlQuery() {}

  static ResultTable run(SparkSession spark, SweepFolder folder, String query) {
    Views.define(spark, folder);
    requireReadOnly(spark, query);
    Dataset<Row> rows = spark.sql(query);
    return new ResultTable(
        Arrays.asList(rows.columns()),
        collect(rows).stream().map(SqlQuery::printableValues).toList());
  }

  /**
   * Checks that executing a text would only read, before and after its names are resolved: Spark
   * executes a command when it analyses it.
   */
  private static void requireReadOnly(SparkSession spark, String query) {
    LogicalPlan parsed;
    try {
      parsed = spark.sessionState().sqlParser().parsePlan(query);
    } catch (StackOverflowError e) { // Spark's parser calls itself at each bracket
      throw new IllegalArgumentException("Cannot query: it is nested too deeply", e);
    } catch (ParseException e) {
      throw new IllegalArgumentException("Cannot query: " + e.getSimpleMessage(), e);
    }
    ReadOnlyPlan.require(parsed);
    ReadOnlyPlan.require(
        spark.sessionState().executePlan(parsed, CommandExecutionMode.SKIP()).analyzed());
  }

  /** Returns the rows. A task that throws because of the query makes the request wrong. */
  private static List<Row> collect(Dataset<Row> rows) {
    try {
      return rows.collectAsList();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof RuntimeException) { // such as a division by zero, or raise_error
        throw new IllegalArgumentException("Cannot query: " + ErrorTranslation.reason(cause), e);
      }
      throw e;
    }
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
    if (value instanceof scala.collection.Seq<?> array) {
      return JavaConverters.seqAsJavaList(array).stream()
          .map(SqlQuery::printable)
          .collect(Collectors.toList());
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<String, Object> entries = new LinkedHashMap<>();
      JavaConverters.mapAsJavaMap(map)
          .forEach((key, item) -> entries.put(String.valueOf(printable(key)), printable(item)));
      return entries;
    }
    if (value instanceof Row struct) {
      Map<String, Object> fields = new LinkedHashMap<>();
      List<Object> values = printableValues(struct);
      for (int i = 0; i < values.size(); i++) {
        fields.put(struct.schema().fieldNames()[i], values.get(i));
      }
      return fields;
    }
    return value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString();
  }
}
