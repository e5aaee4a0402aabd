package org.latentsweep.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    assertThatThrownBy(() -> SampleFile.read(path, dimensions))
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

    float[] points = SampleFile.read(file, 2);
    assertThat(points).hasSize(120).startsWith(0f, -0.5f, 1f, -1.5f);
    assertThat(SampleFile.read(file, 1)).hasSize(60).startsWith(0f, 1f, 2f);
  }

  @Test
  void csvOfSpreadsheetsIsRead() throws IOException {
    Path file = temp.resolve("SAMPLES.CSV");
    Files.writeString(file, "\uFEFF\"x\",\"y\"\r\n" + "\"1e0\", 2\r\n".repeat(50) + "\r\n");

    assertThat(SampleFile.read(file, 2)).hasSize(100).startsWith(1f, 2f);
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

    assertThat(SampleFile.read(file, 2)).hasSize(120).startsWith(0f, 0f, 2f, 1f, 4f, 2f);
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
        "x is no number in line 5, 12, 13 and 3 more; x is NaN in line 6; y is infinite or over"
            + " 3.4e38 in line 6, 7; y is no number in line 8; it holds 20 points, and 50 are"
            + " needed");
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
        "column 'required int64 x' is no float or double; column 'required binary y (STRING)' is"
            + " no float or double");
  }

  @Test
  void aNullInParquetIsABadValue() throws IOException {
    Path file =
        parquet(
            LocalSpark.session()
                .range(0, 60, 1, 1)
                .selectExpr("IF(id = 7, NULL, CAST(id AS DOUBLE)) AS x"));

    assertRefused(file, 1, "x is no number in row 8");
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
  void aFolderIsRefused() throws IOException {
    assertRefused(
        Files.createDirectory(temp.resolve("folder.parquet")), 2, "it is no regular file");
  }

  @Test
  void aFileThatIsNotParquetCannotBeRead() throws IOException {
    Path text = Files.writeString(temp.resolve("text.parquet"), "x,y\n1,2\n3,4\n5,6\n");
    assertThatThrownBy(() -> SampleFile.read(text, 2))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot read " + text + ": ");
  }
}
