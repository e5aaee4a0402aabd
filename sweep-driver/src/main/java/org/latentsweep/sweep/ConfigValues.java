package org.latentsweep.sweep;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentsweep.training.CheckpointPolicy;

/** Reads single values. The exception for a wrong value says what would be right. */
final class ConfigValues {
  private static final double MAX_EXACT = 1L << 53; // doubles hold all whole numbers up to it
  private static final int MAX_TEXT = 4096; // bytes of a path on Linux; names are shorter
  private static final Pattern TIME = Pattern.compile("\\s*([\\d.]+)\\s*([a-z]+)\\s*");

  private ConfigValues() {}

  /** Reads a 64-bit whole number, such as 3 or 3e4. */
  static long whole(ConfigValue value) {
    Object found = value.unwrapped();
    if (found instanceof Double d && d == Math.rint(d) && Math.abs(d) <= MAX_EXACT) {
      return d.longValue();
    }
    if (found instanceof Integer || found instanceof Long) {
      return ((Number) found).longValue();
    }
    try {
      return Long.parseLong(scalar(value));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  /** Reads a 32-bit whole number. */
  static int count(ConfigValue value) {
    long whole = whole(value);
    if (whole != (int) whole) {
      throw new IllegalArgumentException("must be a whole number up to " + Integer.MAX_VALUE);
    }
    return (int) whole;
  }

  /** Reads a number. */
  static double number(ConfigValue value) {
    if (value.unwrapped() instanceof Number number) {
      return number.doubleValue();
    }
    try {
      return Double.parseDouble(scalar(value));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number", e);
    }
  }

  /** Reads true or false. */
  static boolean flag(ConfigValue value) {
    return switch (scalar(value)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  /** Reads text that is printable and not blank. */
  static String text(ConfigValue value) {
    String text = scalar(value);
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be blank");
    }
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "must have at most %d characters, found %d", MAX_TEXT, text.length()));
    }
    if (!text.codePoints().allMatch(PrintableText::isPrintable)) {
      throw new IllegalArgumentException("must be text without control characters");
    }
    return text;
  }

  /** Reads the path or URI of a folder. */
  static String path(ConfigValue value) {
    return OutputPath.requireLiteral(text(value));
  }

  /** Reads a list of 32-bit whole numbers. */
  static List<Integer> counts(ConfigValue value) {
    if (value instanceof ConfigList list && !(list.isEmpty())) {
      return list.stream().map(ConfigValues::count).toList();
    }
    throw new IllegalArgumentException("must be a list of whole numbers, such as [256, 256]");
  }

  /** Reads a number of steps, or a time with a unit of HOCON; 0 means no checkpoints. */
  static CheckpointPolicy checkpoints(ConfigValue value) {
    Matcher time = TIME.matcher(scalar(value));
    try {
      return time.matches()
          ? CheckpointPolicy.every(time(time.group(1), time.group(2)))
          : CheckpointPolicy.everySteps(count(value));
    } catch (IllegalArgumentException | ConfigException e) {
      throw new IllegalArgumentException(
          "must be a number of steps, a time such as \"5 min\", or 0 for none", e);
    }
  }

  private static Duration time(String number, String unit) {
    String known = unit.replaceFirst("^mins?$", "minutes"); // HOCON has no unit min
    return ConfigValueFactory.fromAnyRef(number + known).atKey("time").getDuration("time");
  }

  /** Returns the items of a list, or the value itself if it is not a list. */
  static List<ConfigValue> list(ConfigValue value) {
    return value instanceof ConfigList list ? list : List.of(value);
  }

  private static String scalar(ConfigValue value) {
    if (value instanceof ConfigList || value instanceof ConfigObject) {
      throw new IllegalArgumentException("must be a single value; only axes take several");
    }
    return String.valueOf(value.unwrapped());
  }
}
