package org.latentsweep.table;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Maps the records of one class to rows with named columns, and back. Rows of Parquet files, rows
 * of queries and rows in reports are all mapped here.
 *
 * <p>Each component of the record is a column, in the same order. The column's name is the
 * component's name in lower-case words joined by underscores: {@code dLoss} becomes {@code d_loss}.
 * Only a component that is marked {@link Nullable} may be null. A component is a String, a number,
 * an Instant, a RunId, a NoiseLaw, a GeneratorArchive, a constant of an enum, which is stored as
 * its name in lower-case words joined by hyphens, or a List of one of these.
 *
 * @param <R> the record
 */
public final class RowType<R extends Record> {
  private final Class<R> type;
  private final Constructor<R> constructor;
  private final Column[] columns;

  private record Column(String name, ColumnType type, boolean nullable, Method accessor) {}

  private RowType(Class<R> type) {
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    try {
      this.constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every record has a canonical constructor", e);
    }
    constructor.setAccessible(true);
    this.columns = Arrays.stream(components).map(RowType::column).toArray(Column[]::new);
  }

  private static Column column(RecordComponent component) {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    return new Column(
        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
        ColumnType.of(component.getGenericType()),
        component.isAnnotationPresent(Nullable.class),
        accessor);
  }

  /**
   * Returns the mapping of a class of records.
   *
   * @throws IllegalArgumentException if a component has a type that no column can hold
   */
  public static <R extends Record> RowType<R> of(Class<R> type) {
    return new RowType<>(type);
  }

  /** Returns the names of the columns, in the order of the components. */
  public List<String> columns() {
    return Arrays.stream(columns).map(Column::name).toList();
  }

  /** Returns the columns' names and types as a schema of Spark SQL. */
  public StructType schema() {
    return new StructType(
        Arrays.stream(columns)
            .map(c -> new StructField(c.name(), c.type().data(), c.nullable(), Metadata.empty()))
            .toArray(StructField[]::new));
  }

  /**
   * Returns the values of a row in the order of the columns. Each is a String, Integer, Long,
   * Float, Double, Instant, byte[], a List of these, or null.
   *
   * @throws IllegalArgumentException if a component that is not {@link Nullable} is null
   */
  public Object[] values(R row) {
    Object[] values = new Object[columns.length];
    for (int c = 0; c < columns.length; c++) {
      Object component = component(row, c);
      if (component == null && !columns[c].nullable()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Cannot write a %s: %s is null",
                type.getSimpleName(),
                columns[c].name()));
      }
      values[c] = component == null ? null : columns[c].type().toColumn().apply(component);
    }
    return values;
  }

  private Object component(R row, int c) {
    try {
      return columns[c].accessor().invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("the accessors of the records throw no exceptions", e);
    }
  }

  /**
   * Returns the row with these values.
   *
   * @param valueOf returns the value of the column of a name, of the type that {@link #values}
   *     returns, or null
   * @throws IllegalArgumentException if a value is null and its component is not {@link Nullable},
   *     or if the component cannot hold the value
   */
  public R row(Function<String, Object> valueOf) {
    return rowAt(c -> valueOf.apply(columns[c].name()));
  }

  /** Does the same with a function that returns the value of the column at an index. */
  R rowAt(IntFunction<Object> valueAt) {
    Object[] components = new Object[columns.length];
    for (int c = 0; c < columns.length; c++) {
      components[c] = component(columns[c], valueAt.apply(c));
    }
    return row(components);
  }

  /**
   * Returns the record of a row of a Spark query, which may have other columns too.
   *
   * @throws IllegalArgumentException if the query lacks a column, if a value is null and its
   *     component is not {@link Nullable}, or if the component cannot hold the value
   */
  public R row(Row row) {
    return row(
        column -> {
          int index = row.fieldIndex(column);
          if (row.isNullAt(index)) {
            return null;
          }
          if (row.schema().apply(index).dataType() instanceof ArrayType) {
            return row.getList(index);
          }
          return row.get(index) instanceof Timestamp time ? time.toInstant() : row.get(index);
        });
  }

  private Object component(Column column, Object value) {
    if (value == null && !column.nullable()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Cannot read a %s: %s is null", type.getSimpleName(), column.name()));
    }
    try {
      return value == null ? null : column.type().toComponent().apply(value);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot read a %s: %s is a %s",
              type.getSimpleName(),
              column.name(),
              value.getClass().getSimpleName()),
          e);
    }
  }

  private R row(Object[] components) {
    try {
      return constructor.newInstance(components);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("records are not abstract, and the constructor is accessible", e);
    }
  }
}
