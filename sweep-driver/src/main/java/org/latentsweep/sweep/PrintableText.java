package org.latentsweep.sweep;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text that a terminal shows and does not obey. */
public final class PrintableText {
  /** Makes the text after it run from right to left, and what belongs to it: U+202A to U+202E. */
  private static final int FIRST_EMBEDDING = 0x202A;

  private static final int LAST_EMBEDDING = 0x202E;
  private static final int FIRST_ISOLATE = 0x2066; // does the same, up to U+2069
  private static final int LAST_ISOLATE = 0x2069;

  /** Chosen by judgement: some lines of a terminal. */
  private static final int MAX_LINE = 2000;

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

  /**
   * Returns the lines of a text, shortened to {@value #MAX_LINE} characters, in which all but line
   * feeds is made printable and a tab is two spaces.
   */
  public static String ofLines(String text) {
    return Stream.of(text.split("\n", -1))
        .map(line -> of(line.replace("\t", "  "), MAX_LINE))
        .collect(Collectors.joining("\n"));
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
