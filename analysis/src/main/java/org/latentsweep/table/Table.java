package org.latentsweep.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The tables of an output folder and the only place where their schemas are written. A table is a
 * folder of Parquet files, by the table's name in lower case.
 */
public enum Table {
  /** One row per finished run; the row that makes a run exist. */
  RUNS(
      """
      run_id STRING NOT NULL,
      sweep STRING NOT NULL,
      target STRING NOT NULL,
      noise STRING NOT NULL,
      latent_dim INT NOT NULL,
      seed BIGINT NOT NULL,
      config_hash STRING NOT NULL,
      config STRING NOT NULL,
      outcome STRING NOT NULL,
      message STRING,
      diverged_at INT,
      steps INT NOT NULL,
      generator_parameters BIGINT NOT NULL,
      discriminator_parameters BIGINT NOT NULL,
      d_loss FLOAT,
      g_loss FLOAT,
      train_seconds DOUBLE NOT NULL,
      steps_per_second DOUBLE,
      pack_size INT NOT NULL,
      backend STRING NOT NULL,
      device STRING NOT NULL,
      host STRING NOT NULL,
      attempt STRING NOT NULL,
      started_at TIMESTAMP NOT NULL,
      finished_at TIMESTAMP NOT NULL,
      version STRING NOT NULL
      """,
      Files.PACK),

  /** One row per run and training step. */
  HISTORY(
      """
      run_id STRING NOT NULL,
      step INT NOT NULL,
      d_loss FLOAT NOT NULL,
      d_accuracy FLOAT NOT NULL,
      g_loss FLOAT NOT NULL,
      g_accuracy FLOAT NOT NULL
      """,
      Files.PACK),

  /** One row per run, step and sample; y is null where the target is one-dimensional. */
  SAMPLES(
      """
      run_id STRING NOT NULL,
      step INT NOT NULL,
      i INT NOT NULL,
      x FLOAT NOT NULL,
      y FLOAT,
      target STRING NOT NULL,
      latent_dim INT NOT NULL
      """,
      Files.PACK,
      "target",
      "latent_dim"),

  /** One row per completed run: its trained generator. */
  GENERATORS(
      """
      run_id STRING NOT NULL,
      step INT NOT NULL,
      archive BINARY NOT NULL
      """,
      Files.PACK),

  /**
   * One row per run, step, metric and bandwidth. Null where a metric has no such number. Samples
   * that could not be measured have a row too: its outcome is {@code failed}, its metric the name
   * of the family, its estimator the set of metrics that was tried, its value null.
   */
  METRICS(
      """
      run_id STRING NOT NULL,
      step INT NOT NULL,
      metric STRING NOT NULL,
      estimator STRING NOT NULL,
      value DOUBLE,
      standard_error DOUBLE,
      ci_low DOUBLE,
      ci_high DOUBLE,
      floor DOUBLE,
      n BIGINT NOT NULL,
      bandwidth DOUBLE,
      floored DOUBLE,
      outcome STRING NOT NULL,
      reason STRING
      """,
      Files.PACK_AND_SET),

  /**
   * One row per grid cell and metric, across seeds; floor is the mean of the runs' floors, and
   * diagnosis, the same in each row of a cell, says in words what its numbers mean. variant names
   * the hyperparameters besides k in which the target's cells differ; it is empty where all agree.
   */
  SUMMARY(
      """
      target STRING NOT NULL,
      latent_dim INT NOT NULL,
      config_hash STRING NOT NULL,
      metric STRING,
      runs BIGINT NOT NULL,
      diverged BIGINT NOT NULL,
      failed BIGINT NOT NULL,
      mean DOUBLE,
      sd DOUBLE,
      median DOUBLE,
      ci_low DOUBLE,
      ci_high DOUBLE,
      floor DOUBLE,
      diagnosis STRING,
      variant STRING NOT NULL
      """,
      "summary[.]parquet"),

  /**
   * One row per target, metric and pair of grid cells that differ in one hyperparameter, across
   * seeds: difference is the mean in cell a less that in cell b. Null where an infinite value
   * forbids a test. p_adjusted is by Holm's correction within target and metric.
   */
  COMPARISONS(
      """
      target STRING NOT NULL,
      metric STRING NOT NULL,
      differs STRING NOT NULL,
      a STRING NOT NULL,
      b STRING NOT NULL,
      config_hash_a STRING NOT NULL,
      config_hash_b STRING NOT NULL,
      test STRING NOT NULL,
      n_a INT NOT NULL,
      n_b INT NOT NULL,
      difference DOUBLE,
      ci_low DOUBLE,
      ci_high DOUBLE,
      p DOUBLE,
      p_adjusted DOUBLE
      """,
      "comparisons[.]parquet");

  /** What the files of a table are called. */
  private static final class Files {
    private static final String PACK = PartName.PATTERN + "[.]parquet";
    private static final String PACK_AND_SET = PartName.PATTERN + "-[a-z0-9.-]+[.]parquet";
  }

  /** The name of a file without rows that is not hidden. */
  public static final String SCHEMA_FILE = "schema.parquet";

  private final StructType schema;
  private final Pattern fileName;
  private final List<String> partitions;

  Table(String ddl, String fileName, String... partitions) {
    this.schema = StructType.fromDDL(ddl);
    this.fileName = Pattern.compile(fileName);
    this.partitions = List.of(partitions);
  }

  /** The folder's and the view's name. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All columns, those that are folders last. */
  public StructType schema() {
    return schema;
  }

  /** The names of all columns, in the schema's order. */
  public List<String> columns() {
    return List.of(schema.fieldNames());
  }

  /** The columns that are Hive-style folders and not in the files. */
  public List<String> partitions() {
    return partitions;
  }

  /** Whether a path is where files of this table with rows are, and is named like one. */
  public boolean holds(Path file) {
    Path at = file.getParent();
    for (int i = partitions.size() - 1; i >= 0; i--) {
      if (!at.getName().startsWith(partitions.get(i) + "=")) {
        return false;
      }
      at = at.getParent();
    }
    return at.getName().equals(tableName()) && fileName.matcher(file.getName()).matches();
  }

  /**
   * The file without rows, relative to the table's folder, from which Spark takes the schema while
   * there is no other. Parquet's own name for such a file is one that Spark ignores when it looks
   * for Hive-style folders.
   */
  public String schemaFile() {
    return this == SAMPLES ? "target=none/latent_dim=0/" + SCHEMA_FILE : "_common_metadata";
  }

  /** The schema of its files. */
  public MessageType fileSchema() {
    return new MessageType(
        tableName(),
        Arrays.stream(schema.fields())
            .filter(field -> !partitions.contains(field.name()))
            .map(Table::parquet)
            .toList());
  }

  private static Type parquet(StructField field) {
    Repetition repetition = field.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    return type(field.dataType(), repetition).named(field.name());
  }

  private static Types.PrimitiveBuilder<PrimitiveType> type(DataType type, Repetition repetition) {
    if (type.equals(DataTypes.StringType)) {
      return Types.primitive(PrimitiveTypeName.BINARY, repetition)
          .as(LogicalTypeAnnotation.stringType());
    }
    if (type.equals(DataTypes.TimestampType)) {
      return Types.primitive(PrimitiveTypeName.INT64, repetition)
          .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS));
    }
    return Types.primitive(physical(type), repetition);
  }

  private static PrimitiveTypeName physical(DataType type) {
    if (type.equals(DataTypes.IntegerType)) {
      return PrimitiveTypeName.INT32;
    }
    if (type.equals(DataTypes.LongType)) {
      return PrimitiveTypeName.INT64;
    }
    if (type.equals(DataTypes.FloatType)) {
      return PrimitiveTypeName.FLOAT;
    }
    if (type.equals(DataTypes.DoubleType)) {
      return PrimitiveTypeName.DOUBLE;
    }
    if (type.equals(DataTypes.BinaryType)) {
      return PrimitiveTypeName.BINARY;
    }
    throw new IllegalStateException("Cannot write a column of type " + type.sql());
  }
}
