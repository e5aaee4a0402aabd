package org.latentsweep.table;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * The tables as SQL views, each by its table's name, on exactly the rows that exist. An output
 * folder's {@code views.sql} makes them in spark-sql, spark-shell and over JDBC alike; {@link
 * #define} runs the same statements. Views see rows that are committed after they were made.
 */
public final class Views {
  private static final String SEPARATOR = ";\n";

  private Views() {}

  /** Makes the views of a folder in a session, in place of those of another folder. */
  public static void define(SparkSession spark, SweepFolder folder) {
    for (String statement : script(folder).split(SEPARATOR)) {
      if (!statement.isBlank()) {
        spark.sql(statement);
      }
    }
  }

  static String script(SweepFolder folder) {
    return """
    -- The tables of this sweep as views: spark-sql -i views.sql
    -- A run exists once runs holds its row. Its other rows count only in files of the same name.
    CREATE OR REPLACE TEMPORARY VIEW committed AS
    SELECT run_id, min(_metadata.file_name) AS file FROM %s GROUP BY run_id;

    """
            .formatted(files(folder, Table.RUNS))
        + """
        CREATE OR REPLACE TEMPORARY VIEW runs AS
        SELECT %s
        FROM (SELECT *, row_number() OVER (PARTITION BY run_id ORDER BY _metadata.file_name) AS copy
              FROM %s)
        WHERE copy = 1;

        """
            .formatted(columns("", Table.RUNS.columns()), files(folder, Table.RUNS))
        + view(folder, Table.HISTORY, "c.file")
        + view(folder, Table.SAMPLES, "c.file")
        + view(folder, Table.GENERATORS, "c.file")
        // part-ID-SET.parquet belongs to part-ID.parquet.
        + view(folder, Table.METRICS, "substring_index(c.file, '.', 1)")
        + wholeTable(folder, Table.SUMMARY)
        + wholeTable(folder, Table.COMPARISONS);
  }

  private static String wholeTable(SweepFolder folder, Table table) {
    return """
    CREATE OR REPLACE TEMPORARY VIEW %s AS
    SELECT %s FROM %s;

    """
        .formatted(table.tableName(), columns("", table.columns()), files(folder, table));
  }

  private static String view(SweepFolder folder, Table table, String committedFile) {
    String file =
        table == Table.METRICS
            ? "substring_index(_metadata.file_name, '-', 2)"
            : "_metadata.file_name";
    return """
    CREATE OR REPLACE TEMPORARY VIEW %s AS
    SELECT /*+ BROADCAST(c) */ %s
    FROM (SELECT *, %s AS file FROM %s) t
    JOIN committed c ON t.run_id = c.run_id AND t.file = %s;

    """
        .formatted(
            table.tableName(),
            columns("t.", table.columns()),
            file,
            files(folder, table),
            committedFile);
  }

  private static String columns(String prefix, List<String> names) {
    return names.stream().map(name -> prefix + name).collect(Collectors.joining(", "));
  }

  private static String files(SweepFolder folder, Table table) {
    return "parquet.`" + folder.folder(table).toString().replace("`", "``") + "`";
  }
}
