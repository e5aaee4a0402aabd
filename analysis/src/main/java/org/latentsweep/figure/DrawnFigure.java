package org.latentsweep.figure;

import java.util.Locale;
import org.latentsweep.table.NamedColumns;

/**
 * A figure of one sweep.
 *
 * @param kind the kind of figure, in lower-case words joined by hyphens
 * @param subject the target or the metric that it shows, if there is a figure for each; empty if
 *     there is none, or for the one that needs no name
 * @param title the title, which is one line
 * @param caption the sentences below the drawing, which say what is drawn, with units and n
 * @param table the data that is drawn
 * @param sheet the drawing
 */
public record DrawnFigure(
    String kind, String subject, String title, String caption, NamedColumns table, Sheet sheet) {

  /** Returns the caption of the sheet, which says if panels are omitted from it. */
  public String drawnCaption() {
    int drawn = sheet.panels().size();
    return sheet.omitted() == 0
        ? caption
        : String.format(
            Locale.ROOT,
            "%s The first %d of %d panels; the data is of all.",
            caption,
            drawn,
            drawn + sheet.omitted());
  }

  /** Returns the name of the figure's files. */
  public String name() {
    return subject.isEmpty() ? kind : kind + "-" + subject;
  }
}
