package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.cli.TableFormat;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.folder.SweepFolder;

/** The command {@code sql} on a folder of four artificial runs, in one session of Spark. */
class SqlQueryTest {
  @TempDir private static Path temp;

  private static SparkSession spark;
  private static Path output;
  private static SweepFolder folder;

  @BeforeAll
  static void start() throws IOException {
    Path sweep = ManyRuns.sweep(temp, 4);
    output = temp.resolve("out");
    ManyRuns.commit(sweep, output, 2);
    folder = SweepFolder.open(output.toString(), new Configuration());
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.warehouse.dir", temp.resolve("warehouse").toString())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(temp)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT OVERWRITE DIRECTORY 'OUT/runs' USING parquet SELECT 1 AS a",
        "insert overwrite local directory 'OUT/runs' using csv select * from runs",
        "INSERT INTO runs SELECT * FROM runs",
        "WITH a AS (SELECT 1 AS x) INSERT OVERWRITE DIRECTORY 'OUT/new' USING csv SELECT * FROM a",
        "FROM runs INSERT OVERWRITE DIRECTORY 'OUT/new' USING csv SELECT run_id",
        "FROM runs INSERT INTO a SELECT run_id INSERT INTO b SELECT seed",
        "CREATE TABLE copied USING parquet LOCATION 'OUT/new' AS SELECT 1 AS a",
        "CREATE TABLE copied (a INT) USING parquet",
        "CREATE OR REPLACE TEMPORARY VIEW runs AS SELECT 1 AS a",
        "DROP VIEW runs",
        "CACHE TABLE runs",
        "TRUNCATE TABLE runs",
        "DELETE FROM runs",
        "UPDATE runs SET seed = 1",
        "MERGE INTO runs USING samples ON runs.run_id = samples.run_id WHEN MATCHED THEN DELETE",
        "ADD JAR 'OUT/a.jar'",
        "SET spark.sql.shuffle.partitions=3",
        "RESET",
        "USE default",
        "CREATE TEMPORARY FUNCTION f AS 'java.lang.String'",
        "SELECT TRANSFORM (run_id) USING 'touch OUT/new' AS (a STRING) FROM runs",
        "SELECT (SELECT max(a) FROM (SELECT TRANSFORM (run_id) USING 'cat' AS (a) FROM runs))",
        "SELECT reflect('java.lang.System', 'exit', 3)",
        "SELECT java_method('java.util.UUID', 'randomUUID')",
        "SELECT * FROM runs WHERE Reflect('java.lang.System', 'getenv', 'HOME') = ''",
        "SELECT (SELECT max(java_method('java.util.UUID', 'randomUUID')) FROM runs)",
        "WITH a AS (SELECT reflect('java.util.UUID', 'randomUUID') AS x) SELECT * FROM a",
        "SELECT 1 UNION ALL SELECT `reflect`('java.util.UUID', 'randomUUID')",
        "EXPLAIN SELECT 1",
        "SHOW TABLES",
      })
  void refusesWhatDoesMoreThanRead(String text) throws IOException {
    List<Path> before = files();

    assertThatThrownBy(() -> SqlQuery.run(spark, folder, text.replace("OUT", output.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot query: sql only reads, such as SELECT * FROM runs; it ");

    assertThat(files()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT seed FROM runs ORDER BY 1",
        "WITH a AS (SELECT seed FROM runs) SELECT * FROM a ORDER BY seed",
        "FROM runs SELECT seed ORDER BY seed",
        "SELECT r.seed FROM runs r WHERE EXISTS (SELECT 1 FROM samples s WHERE s.run_id = r.run_id)"
            + " ORDER BY 1",
        "SELECT seed FROM runs WHERE message IS NULL OR message LIKE '%insert into%' ORDER BY 1",
        "VALUES (1), (2), (3), (4)",
        "TABLE runs SORT BY seed LIMIT 4",
      })
  void acceptsEveryQuery(String query) {
    assertThat(SqlQuery.run(spark, folder, query).rows()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT raise_error('no luck')", "SELECT raise_error('no luck') FROM runs"})
  void aQueryThatThrowsIsAWrongRequest(String query) {
    assertThatThrownBy(() -> SqlQuery.run(spark, folder, query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot query: no luck");
  }

  @Test
  void arraysAndStructuresStayWhatTheyAre() {
    ResultTable table =
        SqlQuery.run(
            spark,
            folder,
            "SELECT array(1, NULL) AS a, named_struct('x', 1.5D, 'y', array('b')) AS s,"
                + " map('k', 2L) AS m, DATE'2020-01-02' AS d");
    assertThat(table.rows().get(0).get(1)).isEqualTo(Map.of("x", 1.5, "y", List.of("b")));
    assertThat(TableFormat.JSON.print(table).replaceAll("\\s", ""))
        .isEqualTo(
            "[{\"a\":[1,null],\"s\":{\"x\":1.5,\"y\":[\"b\"]},\"m\":{\"k\":2},\"d\":\"2020-01-02\"}]");
    assertThat(TableFormat.CSV.print(table))
        .endsWith(
            "\"[1,null]\",\"{\"\"x\"\":1.5,\"\"y\"\":[\"\"b\"\"]}\",\"{\"\"k\"\":2}\",2020-01-02\n");
  }
}
