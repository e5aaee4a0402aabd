package org.latentsweep.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.folder.LocalSpark;

class SampleFileTest {
  @TempDir Path temp;

  private Path csv(String header, List<String> lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(header));
    all.addAll(lines);
    return Files.write(temp.resolve("samples.csv"), all);
  }

  private static List<String> lines(int n, String format) {
    return new ArrayList<>(IntStream.range(0, n).mapToObj(format::formatted).toList());
  }

  private static void assertRefused(Path path, int dimensions, String problem) {
    assertThatThrownBy(() -> SampleFile.read(path, SampleFile.columns(dimensions)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read samples from " + path + ": " + problem);
  }

  private Path parquet(Dataset<Row> rows) throws IOException {
    Path folder = temp.resolve("parquet");
    rows.coalesce(1).write().parquet(folder.toString());
    try (Stream<Path> files = Files.list(folder)) {
      Path file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      return Files.move(file, temp.resolve("samples.parquet"));
    }
  }

  @Test
  void csvIsRead() throws IOException {
    Path file = csv("label, y, x", lines(60, "a,-%1$d.5,%1$d"));

    float[] points = SampleFile.read(file, SampleFile.columns(2));
    assertThat(points).hasSize(120).startsWith(0f, -0.5f, 1f, -1.5f);
    assertThat(SampleFile.read(file, SampleFile.columns(1))).hasSize(60).startsWith(0f, 1f, 2f);
  }

  @Test
  void csvOfSpreadsheetsIsRead() throws IOException {
    Path file = temp.resolve("SAMPLES.CSV");
    Files.writeString(file, "\uFEFF\"x\",\"y\"\r\n" + "\"1e0\", 2\r\n".repeat(50) + "\r\n");

    assertThat(SampleFile.read(file, SampleFile.columns(2))).hasSize(100).startsWith(1f, 2f);
  }

  @Test
  void parquetOfFloatsAndDoublesIsRead() throws IOException {
    Path file =
        parquet(
            LocalSpark.session()
                .range(0, 60, 1, 1)
                .select(
                    col("id"),
                    col("id").cast("double").as("y"),
                    lit("a"),
                    col("id").multiply(2).cast("float").as("x")));

    assertThat(SampleFile.read(file, SampleFile.columns(2)))
        .hasSize(120)
        .startsWith(0f, 0f, 2f, 1f, 4f, 2f);
  }

  @Test
  void allBadValuesAreListed() throws IOException {
    List<String> lines = lines(20, "%d,1");
    lines.set(3, "abc,1");
    lines.set(4, "NaN,-Infinity");
    lines.set(5, "1,1e39");
    lines.set(6, "1");
    for (int i = 10; i < 15; i++) {
      lines.set(i, ",1");
    }

    assertRefused(
        csv("x,y", lines),
        2,
        "x is no number in line 5 ('abc'), line 12 (empty), line 13 (empty) and 3 more; x is NaN in"
            + " line 6; y is infinite or over 3.4e38 in line 6 ('-Infinity'), line 7 ('1e39'); line 8"
            + " has 1 fields, the header 2; it holds 20 points, and 50 are needed");
  }

  @Test
  void missingColumnsAreListed() throws IOException {
    assertRefused(
        csv("a,x;y", lines(60, "%d,1")), 2, "it has no column x, y; its columns are a, x;y");
    assertRefused(csv("x", lines(60, "%d")), 2, "it has no column y; its columns are x");
    assertRefused(
        Files.writeString(temp.resolve("empty.csv"), ""),
        1,
        "it has no column x; its columns are none");
  }

  @Test
  void parquetColumnsMustBeFloatOrDouble() throws IOException {
    Path file =
        parquet(
            LocalSpark.session().range(60).select(col("id").as("x"), lit("a").as("y"), lit(1.0)));

    assertRefused(
        file,
        2,
        "column 'required int64 x' is no float, double or decimal; column 'required binary y"
            + " (STRING)' is no float, double or decimal");
  }

  @Test
  void aNullInParquetIsABadValue() throws IOException {
    Path file =
        parquet(
            LocalSpark.session()
                .range(0, 60, 1, 1)
                .selectExpr("IF(id = 7, NULL, CAST(id AS DOUBLE)) AS x"));

    assertRefused(file, 1, "x is no number in row 8 (empty)");
  }

  @Test
  void aMissingFileIsRefused() {
    assertRefused(temp.resolve("none.csv"), 2, "there is no such file");
  }

  @Test
  void anUnknownExtensionIsRefused() {
    assertRefused(temp.resolve("samples.npy"), 2, "its name must end in .csv or .parquet");
  }

  @Test
  void aFolderOfParquetIsReadInTheOrderOfItsNames() throws IOException {
    Path folder = temp.resolve("points");
    LocalSpark.session()
        .range(0, 60, 1, 3)
        .selectExpr("CAST(id AS DECIMAL(9,2)) / 4 AS x", "CAST(id AS DECIMAL(30,1)) AS y")
        .write()
        .parquet(folder.toString());

    assertThat(SampleFile.read(folder, List.of("y", "x")))
        .hasSize(120)
        .startsWith(0f, 0f, 1f, 0.25f, 2f, 0.5f)
        .endsWith(59f, 14.75f);
    Files.writeString(folder.resolve("part-9.parquet"), "x,y");
    assertRefused(folder, 2, "part-9.parquet does not end as a Parquet file does");
  }

  @Test
  void aFolderWithoutParquetIsRefused() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("folder.parquet"));
    Files.writeString(folder.resolve("_SUCCESS"), "");
    assertRefused(folder, 2, "it is a folder without .parquet files");
  }

  @Test
  void columnsWithOtherNamesAreRead() throws IOException {
    Path file = csv("x,a0,a1", lines(60, "7,%d,-1"));
    assertThat(SampleFile.read(file, List.of("a1", "a0"))).startsWith(-1f, 0f, -1f, 1f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", "\r\n mixed"})
  void linesMayEndInAnyWay(String end) throws IOException {
    String first = end.strip().isEmpty() ? end : "\r\n";
    String other = end.strip().isEmpty() ? end : "\n";
    Path file = temp.resolve("lines.csv");
    Files.writeString(
        file, "\uFEFFx,y" + first + ("1,2" + other).repeat(30) + ("1,2" + first).repeat(30));
    assertThat(SampleFile.read(file, SampleFile.columns(2))).hasSize(120);
  }

  @Test
  void rowsWithOtherNumbersOfFieldsAreRefused() throws IOException {
    assertRefused(
        csv("x,y", lines(60, "1,%d,-1,5")),
        2,
        "line 2 has 4 fields, the header 2, line 3 has 4 fields, the header 2, line 4 has 4 fields,"
            + " the header 2 and 57 more");
  }

  @Test
  void thereAreNoComments() throws IOException {
    List<String> lines = lines(60, "%d,1");
    lines.set(2, "#3,1");
    assertRefused(csv("x,y", lines), 2, "x is no number in line 4 ('#3')");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f", "0x1p3", "1d", "1,5", "1_000", "1e", "--1", ".", "\u0661", "#"})
  void onlyDecimalNumbersAreNumbers(String text) throws IOException {
    List<String> lines = lines(60, "%d");
    lines.set(0, '"' + text + '"');
    assertRefused(csv("x", lines), 1, "x is no number in line 2 ('" + text + "')");
  }

  @Test
  void aColumnThatStandsTwiceIsRefused() throws IOException {
    assertRefused(csv("x,x,y", lines(60, "1,2,3")), 2, "it has more than one column x");
    assertThat(SampleFile.read(csv("x,y,note,note", lines(60, "1,2,,")), SampleFile.columns(2)))
        .hasSize(120);
  }

  @Test
  void otherColumnsMayBeManyAndLong() throws IOException {
    String names = ",c".repeat(5_000);
    List<String> lines = lines(60, "%d,1" + ",z".repeat(5_000));
    lines.set(1, "0.5,1," + "w".repeat(200_000) + ",z".repeat(4_999));
    assertThat(SampleFile.read(csv("x,y" + names, lines), SampleFile.columns(2)))
        .hasSize(120)
        .startsWith(0f, 1f, 0.5f, 1f);
    assertThatThrownBy(() -> SampleFile.read(temp.resolve("samples.csv"), List.of("q")))
        .hasMessageEndingWith(
            "it has no column q; its columns are x, y" + ", c".repeat(18) + " and 4982 more");
  }

  @Test
  void aFileThatIsNoParquetIsRefused() throws IOException {
    Path file = temp.resolve("text.parquet");
    String noEnd = "text.parquet does not end as a Parquet file does";
    String damaged = "text.parquet is no sound Parquet file: its content cannot be decoded";
    Files.writeString(file, "x,y\n1,2\n3,4\n5,6\n");
    assertRefused(file, 2, noEnd);
    Files.write(file, new byte[0]);
    assertRefused(file, 2, noEnd);
    Files.delete(file);

    Path sound = parquet(LocalSpark.session().range(60).selectExpr("CAST(id AS DOUBLE) AS x"));
    byte[] bytes = Files.readAllBytes(sound);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));
    assertRefused(file, 1, noEnd);
    byte[] footer = bytes.clone();
    Arrays.fill(footer, bytes.length - 60, bytes.length - 8, (byte) '3');
    Files.write(file, footer);
    assertRefused(file, 1, damaged);
    byte[] content = bytes.clone();
    Arrays.fill(content, 4, 100, (byte) 0x55);
    Files.write(file, content);
    assertRefused(file, 1, damaged);
    byte[] length = bytes.clone();
    length[bytes.length - 6] = 0x7f;
    length[bytes.length - 5] = 0x7f;
    Files.write(file, length);
    assertRefused(file, 1, noEnd);
  }
}
