package org.latentsweep.sweep;

import java.util.Locale;
import java.util.regex.Pattern;

/** The path or URI of an output folder, as people write it. */
public final class OutputPath {
  private static final Pattern SHORTHAND = Pattern.compile("^~([^/]*)(/.*)?$|\\$\\{|\\$[A-Za-z_]");

  private OutputPath() {}

  /**
   * Checks that a path stands for itself. Only a shell replaces {@code ~} and {@code ${HOME}}, and
   * not within quotes or in a file.
   *
   * @throws IllegalArgumentException if it holds one of them
   */
  public static String requireLiteral(String path) {
    if (SHORTHAND.matcher(path).find()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot use %s: ~ and ${...} are not replaced here; write out the folder's path",
              path));
    }
    return path;
  }
}
