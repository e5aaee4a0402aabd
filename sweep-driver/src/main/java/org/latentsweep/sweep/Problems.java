package org.latentsweep.sweep;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with a sweep's file, gathered so that one message can name all of it. */
final class Problems {
  private static final int SHOWN = 60; // characters of a value

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  private record Problem(String place, int line, String text) {
    @Override
    public String toString() {
      return place + (line > 0 ? ":" + line : "") + ": " + text;
    }
  }

  /** For the file of that name. */
  Problems(String file) {
    this.file = file;
  }

  /** A problem with the file as a whole. */
  void add(String text) {
    Problem problem = new Problem(file, 0, text);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  /** A problem with one argument of the command line, or with a file as a whole. */
  void addAt(String where, String text) {
    found.add(new Problem(where, 0, text));
  }

  /** What the HOCON parser did not understand, in that argument or file. */
  void addAt(String where, ConfigException e) {
    if (e.origin() == null) {
      addAt(where, e.getMessage());
    } else {
      // the message starts with the origin as well
      add(e.origin(), e.getMessage().replace(e.origin().description() + ": ", ""));
    }
  }

  /** A problem with the value of a key. */
  void add(String path, ConfigValue value, String text) {
    add(value.origin(), path + " = " + shown(value) + ": " + text);
  }

  private void add(ConfigOrigin origin, String text) {
    if (origin.filename() != null) {
      found.add(new Problem(origin.filename(), origin.lineNumber(), text));
    } else {
      addAt(origin.description().replaceFirst(": \\d+$", ""), text);
    }
  }

  /** A problem with the value of a key that an exception tells. */
  void add(String path, ConfigValue value, IllegalArgumentException e) {
    add(path, value, reason(e));
  }

  /**
   * What a message says beyond what failed, which the key and its value tell already: of {@code
   * Cannot do: reason} the reason, of {@code Cannot find loss 'x'; there are ...} what there is.
   */
  static String reason(IllegalArgumentException e) {
    return e.getMessage().replaceFirst("^Cannot (find \\w+ '[^']*'; |[^:']*: )", "");
  }

  private static String shown(ConfigValue value) {
    String text = value.render(ConfigRenderOptions.concise());
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
  }

  /**
   * Ends the reading if there is a problem.
   *
   * @throws RequestException naming all of them
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw asException();
    }
  }

  /** All of them in one message, in the order of the file. */
  RequestException asException() {
    String count = found.size() + (found.size() == 1 ? " problem" : " problems");
    return new RequestException(
        found.stream()
            .sorted(Comparator.comparing(Problem::place).thenComparing(Problem::line))
            .map(problem -> "\n  " + problem)
            .collect(Collectors.joining("", "Cannot read sweep " + file + ": " + count, "")));
  }
}
