package org.latentsweep.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.run.RunPack;

/** Gives each test an empty output folder, and lists its files and queries its views. */
abstract class TemporaryFolder {
  static final RunPack PACK = TestRuns.pack("eight-gaussians", 2, 1, 3);

  @TempDir Path temp;
  Path root;
  SweepFolder folder;
  final SparkSession spark = LocalSpark.session();

  @BeforeEach
  void create() throws IOException {
    root = temp.resolve("out put");
    folder = TestFolders.create(root);
  }

  List<Row> sql(String query) {
    return LocalSpark.sql(folder, query).collectAsList();
  }

  long count(String table) {
    return sql("SELECT count(*) FROM " + table).get(0).getLong(0);
  }

  /** Returns the files below a folder of the output folder, without those of schemas. */
  List<String> files(String below) throws IOException {
    try (Stream<Path> paths = Files.walk(root.resolve(below))) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .filter(name -> !name.endsWith("_common_metadata") && !name.endsWith("schema.parquet"))
          .sorted()
          .toList();
    }
  }
}
