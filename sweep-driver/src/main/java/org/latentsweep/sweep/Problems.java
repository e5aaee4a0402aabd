package org.latentsweep.sweep;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects everything that is wrong with the file of a sweep, for one message. */
final class Problems {
  private static final int MAX_SHOWN = 60; // characters of a value; chosen by judgement
  private static final int MAX_PLACE = 300; // characters of a path or argument; chosen by judgement
  private static final int MAX_LINE = 1000; // characters of a problem; chosen by judgement
  private static final int MAX_PROBLEMS = 20; // in one message; chosen by judgement

  /** What HOCON's parser says if a brace is missing at the end of a file. */
  private static final String MISNAMED_BRACE =
      "expecting a close parentheses ')' here, not: end of file";

  private final String file;
  private final Set<Problem> found = new LinkedHashSet<>();

  private record Problem(String place, int line, String text) {
    @Override
    public String toString() {
      return PrintableText.of(
          PrintableText.of(place, MAX_PLACE) + (line > 0 ? ":" + line : "") + ": " + text,
          MAX_LINE);
    }
  }

  Problems(String file) {
    this.file = file;
  }

  /** Adds a problem with the whole file. */
  void add(String text) {
    found.add(new Problem(file, 0, text));
  }

  /** Adds a problem with an argument of the command line, or with a whole file. */
  void addAt(String where, String text) {
    found.add(new Problem(where, 0, text));
  }

  /** Adds what the HOCON parser did not understand in an argument or a file. */
  void addAt(String where, ConfigException e) {
    String message = e.getMessage().replace(MISNAMED_BRACE, "a block that starts with { has no }");
    if (e.origin() == null) {
      addAt(where, message);
    } else {
      // the message starts with the origin as well
      add(e.origin(), message.replace(e.origin().description() + ": ", ""));
    }
  }

  /** Adds a problem with the value of a key. */
  void add(String path, ConfigValue value, String text) {
    add(value.origin(), shown(path) + " = " + shown(value) + ": " + text);
  }

  private void add(ConfigOrigin origin, String text) {
    if (origin.filename() != null) {
      found.add(new Problem(origin.filename(), origin.lineNumber(), text));
    } else {
      addAt(origin.description().replaceFirst(": \\d+$", ""), text);
    }
  }

  /** Adds a problem with the value of a key, which an exception describes. */
  void add(String path, ConfigValue value, IllegalArgumentException e) {
    add(path, value, reason(e));
  }

  /**
   * Returns the part of a message that the key and its value do not say already: {@code reason} of
   * {@code Cannot do: reason}, and {@code there are ...} of {@code Cannot find loss 'x'; there are
   * ...}.
   */
  static String reason(IllegalArgumentException e) {
    return e.getMessage().replaceFirst("^Cannot (find \\w+ '[^']*'; |[^:']*: )", "");
  }

  private static String shown(ConfigValue value) {
    return shown(value.render(ConfigRenderOptions.concise()));
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN - 3) + "...";
  }

  /** Returns the distinct values of a key, and adds a problem for each that is repeated. */
  List<ConfigValue> distinct(String path, List<ConfigValue> values) {
    Set<ConfigValue> seen = new LinkedHashSet<>();
    for (ConfigValue value : values) {
      if (!seen.add(value)) {
        add(path, value, "listed twice");
      }
    }
    return List.copyOf(seen);
  }

  /**
   * Throws an exception if there is a problem.
   *
   * @throws RequestException naming all problems
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw asException();
    }
  }

  /** Returns an exception with the first problems in one message, in the order of the file. */
  RequestException asException() {
    String count = found.size() + (found.size() == 1 ? " problem" : " problems");
    return new RequestException(
        found.stream()
            .sorted(Comparator.comparing(Problem::place).thenComparing(Problem::line))
            .limit(MAX_PROBLEMS)
            .map(problem -> "\n  " + problem)
            .collect(
                Collectors.joining(
                    "", "Cannot read sweep " + shownFile() + ": " + count, andMore())));
  }

  private String shownFile() {
    return PrintableText.of(file, MAX_PLACE);
  }

  private String andMore() {
    int more = found.size() - MAX_PROBLEMS;
    return more > 0 ? "\n  and " + more + " more" : "";
  }
}
