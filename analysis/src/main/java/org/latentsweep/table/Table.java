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
 * The tables of an output folder. A table is a folder of Parquet files, by the table's name. Its
 * columns are the components of its rows, and those that are folders.
 *
 * @param <R> the rows
 */
public final class Table<R extends Record> implements Serializable {
  private static final long serialVersionUID = 1;

  /** A file of a pack of runs. */
  private static final String PACK = PartName.PATTERN + "[.]parquet";

  /** A file of one set of metrics of a pack. */
  private static final String PACK_AND_SET = PartName.PATTERN + "-[a-z0-9.-]+[.]parquet";

  /** One row per finished run; the row that makes a run exist. */
  public static final Table<RunRow> RUNS = new Table<>("runs", RunRow.class, PACK);

  /** One row per run and training step. */
  public static final Table<HistoryRow> HISTORY = new Table<>("history", HistoryRow.class, PACK);

  /** One row per run, step and sample. The run's target and latent dimension are folders. */
  public static final Table<SampleRow> SAMPLES =
      new Table<>(
          "samples",
          SampleRow.class,
          PACK,
          new StructField("target", DataTypes.StringType, false, Metadata.empty()),
          new StructField("latent_dim", DataTypes.IntegerType, false, Metadata.empty()));

  /** One row per completed run: its trained generator. */
  public static final Table<GeneratorRow> GENERATORS =
      new Table<>("generators", GeneratorRow.class, PACK);

  /** One row per run, step, metric and bandwidth, and one for what could not be measured. */
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

  /** The name of a file without rows that is not hidden. */
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

  /** There is one object of each table, also where it was sent to. */
  private Object readResolve() {
    return ALL.stream().filter(table -> table.name.equals(name)).findFirst().orElseThrow();
  }

  /** The folder's and the view's name. */
  public String tableName() {
    return name;
  }

  /** How its rows become columns of its files. */
  public RowType<R> rowType() {
    return rowType;
  }

  /** All columns, those that are folders last. */
  public StructType schema() {
    StructType schema = rowType.schema();
    for (StructField folder : folders) {
      schema = schema.add(folder);
    }
    return schema;
  }

  /** The names of all columns, in the schema's order. */
  public List<String> columns() {
    return List.of(schema().fieldNames());
  }

  /** Whether a path is where files of this table with rows are, and is named like one. */
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
