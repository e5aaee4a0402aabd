package org.latentsweep.sweep;

import java.util.Locale;

/** Text that a terminal shows and does not obey. */
public final class PrintableText {
  /** Makes the text after it run from right to left, and what belongs to it: U+202A to U+202E. */
  private static final int FIRST_EMBEDDING = 0x202A;

  private static final int LAST_EMBEDDING = 0x202E;
  private static final int FIRST_ISOLATE = 0x2066; // does the same, up to U+2069
  private static final int LAST_ISOLATE = 0x2069;

  private PrintableText() {}

  /** Returns a text in which escapes such as \u001b stand for what is not printable. */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isPrintable(c)) {
                safe.appendCodePoint(c);
              } else {
                safe.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    return safe.toString();
  }

  /** Returns the lines of a text, in which all but line feeds and tabs is made printable. */
  public static String ofLines(String text) {
    StringBuilder safe = new StringBuilder();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n' || text.charAt(i) == '\t') {
        safe.append(of(text.substring(start, i))).append(text.charAt(i));
        start = i + 1;
      }
    }
    return safe.append(of(text.substring(start))).toString();
  }

  /** Returns a printable text that is shortened to that many characters. */
  public static String of(String text, int max) {
    return of(text.length() <= max ? text : text.substring(0, max - 3) + "...");
  }

  /**
   * Returns whether a character is safe to print: no control character, no half of a surrogate
   * pair, no separator of lines, and none that changes the direction of the text.
   */
  public static boolean isPrintable(int codePoint) {
    boolean direction =
        codePoint >= FIRST_EMBEDDING && codePoint <= LAST_EMBEDDING
            || codePoint >= FIRST_ISOLATE && codePoint <= LAST_ISOLATE;
    return !direction
        && switch (Character.getType(codePoint)) {
          case Character.CONTROL,
              Character.SURROGATE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
