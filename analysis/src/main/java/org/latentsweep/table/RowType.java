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
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Maps records to rows with named columns, and back. This is the only mapping: rows of Parquet
 * files, rows of queries and rows that a report shows all go through it.
 *
 * <p>Each component of the record is a column, in the same order. The column's name is the
 * component's in lower-case words joined by underscores: {@code dLoss} is {@code d_loss}. A
 * component that is marked {@link Nullable} is null where the column is null; no other may be.
 * Components are String, numbers, Instant, RunId, NoiseLaw, GeneratorArchive, an enum, which is
 * stored as its name in lower-case words joined by hyphens, or a List of one of these.
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
   * The mapping of a record.
   *
   * @throws IllegalArgumentException if a component has a type that no column can hold
   */
  public static <R extends Record> RowType<R> of(Class<R> type) {
    return new RowType<>(type);
  }

  /** The names of the columns, in the order of the components. */
  public List<String> columns() {
    return Arrays.stream(columns).map(Column::name).toList();
  }

  /** The columns with their types, as Spark SQL writes them. */
  public StructType schema() {
    return new StructType(
        Arrays.stream(columns)
            .map(c -> new StructField(c.name(), c.type().data(), c.nullable(), Metadata.empty()))
            .toArray(StructField[]::new));
  }

  /**
   * The values of a row in the order of the columns: String, Integer, Long, Float, Double, Instant,
   * byte[], a List of these, or null.
   *
   * @throws IllegalArgumentException if a component is null that must not be
   */
  public Object[] values(R row) {
    Object[] values = new Object[columns.length];
    for (int c = 0; c < columns.length; c++) {
      Object component = component(row, c);
      if (component == null && !columns[c].nullable()) {
        throw new IllegalArgumentException(
            "Cannot write a %s: %s is null".formatted(type.getSimpleName(), columns[c].name()));
      }
      values[c] = component == null ? null : columns[c].type().toColumn().apply(component);
    }
    return values;
  }

  private Object component(R row, int c) {
    try {
      return columns[c].accessor().invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("accessors of records throw nothing", e);
    }
  }

  /**
   * The row with the values that a function gives for the columns' names: of the types that {@link
   * #values} has, or null.
   *
   * @throws IllegalArgumentException if a value is null that must not be, or is none that the
   *     component can hold
   */
  public R row(Function<String, Object> valueOf) {
    Object[] components = new Object[columns.length];
    for (int c = 0; c < columns.length; c++) {
      components[c] = component(columns[c], valueOf.apply(columns[c].name()));
    }
    return row(components);
  }

  /**
   * The record of a row of a Spark query. The query may have other columns, too.
   *
   * @throws IllegalArgumentException if the query lacks a column, if a value is null that must not
   *     be, or if it is none that the component can hold
   */
  public R row(Row row) {
    return row(
        column -> {
          int place = row.fieldIndex(column);
          if (row.schema().apply(place).dataType() instanceof ArrayType) {
            return row.getList(place);
          }
          return row.get(place) instanceof Timestamp time ? time.toInstant() : row.get(place);
        });
  }

  private Object component(Column column, Object value) {
    if (value == null && !column.nullable()) {
      throw new IllegalArgumentException(
          "Cannot read a %s: %s is null".formatted(type.getSimpleName(), column.name()));
    }
    return value == null ? null : column.type().toComponent().apply(value);
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
      throw new AssertionError("records can be made", e);
    }
  }
}
