package org.latentsweep.table;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.RunId;
import org.latentsweep.target.NoiseLaw;

/**
 * The way in which a component of a record is stored in a column.
 *
 * @param data the column's type
 * @param toColumn converts a component to the value that the column holds: a String, Integer, Long,
 *     Float, Double, Instant, byte[] or a List of these
 * @param toComponent converts the column's value back to the component
 */
record ColumnType(
    DataType data, Function<Object, Object> toColumn, Function<Object, Object> toComponent) {

  /**
   * Returns the type for components of a declared type.
   *
   * @throws IllegalArgumentException if no column can hold that type
   */
  static ColumnType of(Type component) {
    if (component instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return list(of(generic.getActualTypeArguments()[0]));
    }
    if (component instanceof Class<?> type) {
      return of(type);
    }
    throw refused(component);
  }

  private static ColumnType of(Class<?> component) {
    if (component == String.class) {
      return plain(DataTypes.StringType);
    }
    if (component == int.class || component == Integer.class) {
      return plain(DataTypes.IntegerType);
    }
    if (component == long.class || component == Long.class) {
      return plain(DataTypes.LongType);
    }
    if (component == float.class || component == Float.class) {
      return plain(DataTypes.FloatType);
    }
    if (component == double.class || component == Double.class) {
      return plain(DataTypes.DoubleType);
    }
    if (component == Instant.class) {
      return plain(DataTypes.TimestampType);
    }
    if (component == RunId.class) {
      return text(id -> ((RunId) id).hex(), RunId::new);
    }
    if (component == NoiseLaw.class) {
      return text(Object::toString, NoiseLaw::parse);
    }
    if (component == GeneratorArchive.class) {
      return new ColumnType(
          DataTypes.BinaryType,
          archive -> ((GeneratorArchive) archive).bytes(),
          bytes -> new GeneratorArchive((byte[]) bytes));
    }
    if (component.isEnum()) {
      return constants(component);
    }
    throw refused(component);
  }

  private static IllegalArgumentException refused(Type component) {
    return new IllegalArgumentException(
        "Cannot store a " + component.getTypeName() + " in a column");
  }

  private static ColumnType plain(DataType data) {
    return new ColumnType(data, Function.identity(), Function.identity());
  }

  private static ColumnType list(ColumnType element) {
    return new ColumnType(
        DataTypes.createArrayType(element.data, false),
        components -> ((List<?>) components).stream().map(element.toColumn).toList(),
        values -> ((List<?>) values).stream().map(element.toComponent).toList());
  }

  private static ColumnType text(
      Function<Object, Object> toText, Function<String, Object> fromText) {
    return new ColumnType(DataTypes.StringType, toText, text -> fromText.apply((String) text));
  }

  private static ColumnType constants(Class<?> type) {
    Map<String, Object> byText =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(ColumnType::textOf, Function.identity()));
    return text(
        ColumnType::textOf,
        text -> {
          Object constant = byText.get(text);
          if (constant == null) {
            throw new IllegalArgumentException(
                String.format(Locale.ROOT, "Cannot read '%s' as %s", text, type.getSimpleName()));
          }
          return constant;
        });
  }

  /**
   * Returns the name of an enum constant in lower-case words joined by hyphens. The names that
   * enums give their constants themselves, such as {@link org.latentsweep.run.Outcome#tableName},
   * follow the same rule.
   */
  private static String textOf(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
