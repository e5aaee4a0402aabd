package org.latentsweep.table;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;

/** Words paths, lists and causes for the messages of exceptions and warnings. */
public final class ErrorText {
  private ErrorText() {}

  /**
   * Returns a path as a person writes it: a local path has no scheme. Question marks stand for
   * control characters, such as line feeds.
   */
  public static String path(Path path) {
    String scheme = path.toUri().getScheme();
    String text =
        scheme == null || scheme.equals("file") ? path.toUri().getPath() : path.toString();
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /** Returns the first items, joined by commas, and how many more there are than the maximum. */
  public static String list(List<?> items, int max) {
    String first = items.stream().limit(max).map(String::valueOf).collect(Collectors.joining(", "));
    return items.size() > max ? first + " and " + (items.size() - max) + " more" : first;
  }

  /**
   * Returns the message of an exception, or the name of its class if it has none. Of an {@link
   * FSError}, which only wraps an exception, it is the message of that exception.
   */
  public static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause instanceof FSError) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
