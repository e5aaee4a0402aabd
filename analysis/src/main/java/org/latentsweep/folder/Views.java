package org.latentsweep.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.table.RunRow;
import org.latentsweep.table.Storage;
import org.latentsweep.table.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes SQL views of the tables. Each has the name of its table, and shows exactly the rows that
 * exist. The script {@code views.sql} of an output folder makes them in spark-sql, spark-shell or
 * over JDBC; these views also show rows that are committed later. The views that {@link #define}
 * makes show only the files that there were then: all queries see the same rows, and Spark need not
 * list files and read schemas again.
 */
public final class Views {
  private static final Logger LOG = LoggerFactory.getLogger(Views.class);

  private Views() {}

  /** Makes the views of a folder in a session, and replaces views of the same names. */
  public static void define(SparkSession spark, SweepFolder folder) {
    for (Table<?> table : Table.ALL) {
      spark
          .read()
          .schema(table.schema())
          .parquet(folder.paths().table(table).toString())
          .select("*", "_metadata.file_name")
          .createOrReplaceTempView(files(table));
    }
    statements(Views::files).forEach(spark::sql);
  }

  private static String files(Table<?> table) {
    return table.tableName() + "_files";
  }

  /** Returns the content of {@code views.sql}. */
  static String script(SweepFolder folder) {
    return """
        -- The tables of this sweep as views: spark-sql -i views.sql
        -- A run exists once runs holds its row. Its other rows count only in files of the same name.
        """
        + statements(table -> files(folder, table)).stream()
            .map(statement -> statement + ";\n")
            .collect(Collectors.joining("\n"));
  }

  /** Writes the script of a folder anew if the folder was copied or moved since it was written. */
  static void refreshIfMoved(SweepFolder folder) {
    Storage storage = folder.files().storage();
    FolderPaths paths = folder.paths();
    try {
      if (!storage.readText(paths.views()).contains(files(folder, Table.RUNS))) {
        storage.createFolder(paths.temporary());
        storage.replaceText(paths.newTemporary(), paths.views(), script(folder));
      }
    } catch (IOException e) { // the folder may only be read, or the script was deleted
      LOG.debug("Cannot write {} anew", paths.views(), e);
    }
  }

  private static String files(SweepFolder folder, Table<?> table) {
    return String.format(
        Locale.ROOT,
        "(SELECT *, _metadata.file_name FROM parquet.`%s`)",
        folder.paths().table(table).toString().replace("`", "``"));
  }

  /**
   * Returns the statements that make the views.
   *
   * @param files returns, for a table, a relation with the rows of all its files and a column
   *     {@code file_name}
   */
  private static List<String> statements(Function<Table<?>, String> files) {
    List<String> statements = new ArrayList<>();
    statements.add(
        view(
            "committed",
            String.format(
                Locale.ROOT,
                "SELECT run_id, min(file_name) AS file FROM %s GROUP BY run_id",
                files.apply(Table.RUNS))));
    statements.add(
        view(
            "runs",
            String.format(
                Locale.ROOT,
                """
            SELECT %s
            FROM (SELECT *, row_number() OVER (PARTITION BY run_id ORDER BY file_name) AS copy
                  FROM %s)
            WHERE copy = 1""",
                columns("", Table.RUNS.columns())
                    .replace("steps_done", RunRow.STEPS_DONE_SQL + " AS steps_done"),
                files.apply(Table.RUNS))));
    for (Table<?> table : List.of(Table.HISTORY, Table.SAMPLES, Table.GENERATORS)) {
      statements.add(view(table, files, "t.file_name = c.file"));
    }
    // The file part-ID-SET.parquet of metrics belongs to part-ID.parquet.
    statements.add(
        view(
            Table.METRICS,
            files,
            "substring_index(t.file_name, '-', 2) = substring_index(c.file, '.', 1)"));
    for (Table<?> table : List.of(Table.SUMMARY, Table.COMPARISONS)) {
      statements.add(
          view(
              table.tableName(),
              String.format(
                  Locale.ROOT,
                  "SELECT %s FROM %s",
                  acrossSeeds(table.columns()),
                  files.apply(table))));
    }
    return statements;
  }

  /** Rows of version 0.1.0 lack the numbers of runs, which follow from other columns. */
  private static String acrossSeeds(List<String> columns) {
    Map<String, String> added =
        Map.of(
            "diverged_in_effect", "IF(runs IS NULL, NULL, 0L)", // nullable, as the column
            "counted", "runs + diverged + failed",
            "finite", "runs");
    return columns.stream()
        .map(
            name ->
                added.containsKey(name)
                    ? String.format(
                        Locale.ROOT, "coalesce(%s, %s) AS %s", name, added.get(name), name)
                    : name)
        .collect(Collectors.joining(", "));
  }

  private static String view(Table<?> table, Function<Table<?>, String> files, String sameFile) {
    return view(
        table.tableName(),
        String.format(
            Locale.ROOT,
            """
        SELECT /*+ BROADCAST(c) */ %s
        FROM %s t
        JOIN committed c ON t.run_id = c.run_id AND %s""",
            columns("t.", table.columns()),
            files.apply(table),
            sameFile));
  }

  private static String view(String name, String select) {
    return String.format(Locale.ROOT, "CREATE OR REPLACE TEMPORARY VIEW %s AS\n%s", name, select);
  }

  private static String columns(String prefix, List<String> names) {
    return names.stream().map(name -> prefix + name).collect(Collectors.joining(", "));
  }
}
