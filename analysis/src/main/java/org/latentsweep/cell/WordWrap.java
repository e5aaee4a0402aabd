package org.latentsweep.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Breaks text into lines between its words. */
public final class WordWrap {
  private WordWrap() {}

  /**
   * Returns the lines of a text, each as long as possible. A word that does not fit has a line of
   * its own.
   *
   * @param indent what every line but the first begins with
   * @param fits whether a line is short enough
   */
  public static List<String> lines(String text, String indent, Predicate<String> fits) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ")) {
      String longer = line + " " + word;
      if (line.isEmpty()) {
        line = word;
      } else if (fits.test(longer)) {
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
