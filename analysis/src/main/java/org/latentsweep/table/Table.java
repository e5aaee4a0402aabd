package org.latentsweep.table;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
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
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The tables of an output folder. A table is a folder of Parquet files that has the table's name.
 * Its columns are the components of its rows, and then those columns whose values are in the names
 * of folders, as in Hive.
 *
 * @param <R> the class of the rows
 */
public final class Table<R extends Record> implements Serializable {
  private static final long serialVersionUID = 1;

  /** Matches the name of a file that holds rows of one part. */
  private static final String PACK = PartName.PATTERN + "[.]parquet";

  /** Matches the name of a file that holds one set of metrics of one part. */
  private static final String PACK_AND_SET = PartName.PATTERN + "-[a-z0-9.-]+[.]parquet";

  /** One row per finished run. A run exists if and only if it has a row here. */
  public static final Table<RunRow> RUNS = new Table<>("runs", RunRow.class, PACK);

  /** One row per run and training step. */
  public static final Table<HistoryRow> HISTORY = new Table<>("history", HistoryRow.class, PACK);

  /** One row per run, step and sample. The run's target and latent dimension name folders. */
  public static final Table<SampleRow> SAMPLES =
      new Table<>(
          "samples",
          SampleRow.class,
          PACK,
          new StructField("target", DataTypes.StringType, false, Metadata.empty()),
          new StructField("latent_dim", DataTypes.IntegerType, false, Metadata.empty()));

  /** One row per completed run, with its trained generator. */
  public static final Table<GeneratorRow> GENERATORS =
      new Table<>("generators", GeneratorRow.class, PACK);

  /** One row per run, step, metric and bandwidth, or per set of metrics that failed. */
  public static final Table<MetricRow> METRICS =
      new Table<>("metrics", MetricRow.class, PACK_AND_SET);

  /** One row per grid cell and metric, across seeds. */
  public static final Table<SummaryRow> SUMMARY =
      new Table<>("summary", SummaryRow.class, "summary[.]parquet");

  /** One row per target, metric and pair of grid cells that differ in one hyperparameter. */
  public static final Table<ComparisonRow> COMPARISONS =
      new Table<>("comparisons", ComparisonRow.class, "comparisons[.]parquet");

  /** All tables. */
  public static final List<Table<?>> ALL =
      List.of(RUNS, HISTORY, SAMPLES, GENERATORS, METRICS, SUMMARY, COMPARISONS);

  /** The name of a file that holds a schema and no rows, and that Spark does not ignore. */
  public static final String SCHEMA_FILE = "schema.parquet";

  private final String name;
  private final transient RowType<R> rowType;
  private final transient Pattern fileName;
  private final transient List<StructField> folders;

  private Table(String name, Class<R> row, String fileName, StructField... folders) {
    this.name = name;
    this.rowType = RowType.of(row);
    this.fileName = Pattern.compile(fileName);
    this.folders = List.of(folders);
  }

  /** Returns the constant of that name, so that == works after deserialisation. */
  private Object readResolve() {
    return ALL.stream().filter(table -> table.name.equals(name)).findFirst().orElseThrow();
  }

  /** Returns the name of the folder, which is also that of the SQL view. */
  public String tableName() {
    return name;
  }

  /** Returns the mapping between its rows and the columns of its files. */
  public RowType<R> rowType() {
    return rowType;
  }

  /** Returns all columns, with those that name folders last. */
  public StructType schema() {
    StructType schema = rowType.schema();
    for (StructField folder : folders) {
      schema = schema.add(folder);
    }
    return schema;
  }

  /** Returns the names of all columns, in the schema's order. */
  public List<String> columns() {
    return List.of(schema().fieldNames());
  }

  /** Returns whether the folders and the name of a file are those of this table. */
  public boolean holds(Path file) {
    Path at = file.getParent();
    for (int i = folders.size() - 1; i >= 0; i--) {
      if (!at.getName().startsWith(folders.get(i).name() + "=")) {
        return false;
      }
      at = at.getParent();
    }
    return at.getName().equals(tableName()) && fileName.matcher(file.getName()).matches();
  }

  /**
   * Returns the path, relative to the table's folder, of the file without rows from which Spark
   * reads the schema of a table that has no other files. {@code samples} has no file of Parquet's
   * usual name for this, because Spark ignores that name when it looks for columns that name
   * folders.
   */
  public String schemaFile() {
    return this == SAMPLES ? "target=none/latent_dim=0/" + SCHEMA_FILE : "_common_metadata";
  }

  /** Returns the schema of its files. */
  public MessageType fileSchema() {
    return new MessageType(
        tableName(), Arrays.stream(rowType.schema().fields()).map(Table::parquet).toList());
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

  @Override
  public String toString() {
    return name;
  }
}
