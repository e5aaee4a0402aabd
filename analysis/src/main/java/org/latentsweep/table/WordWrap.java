package org.latentsweep.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Breaks text into lines at its spaces. */
public final class WordWrap {
  private WordWrap() {}

  /**
   * Returns the lines of a text, each with as many words as fit, but at least one.
   *
   * @param indent start of all lines but the first
   * @param fits whether a line, with its indent, is short enough
   */
  public static List<String> lines(String text, String indent, Predicate<String> fits) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (line.isEmpty() || fits.test(longer)) {
        line = longer;
      } else {
        lines.add(line);
        line = indent + word;
      }
    }
    lines.add(line);
    return lines;
  }
}
