package org.latentsweep.figure;

import org.latentsweep.cell.ReportTable;

/**
 * A figure of one sweep.
 *
 * @param kind of figure, lower-case words joined by hyphens
 * @param subject what it is of, where there is one for each of several; else empty
 * @param title one line
 * @param caption what is drawn, with units and n
 * @param table the data behind it
 * @param sheet how it is drawn
 */
public record DrawnFigure(
    String kind, String subject, String title, String caption, ReportTable table, Sheet sheet) {

  /** The caption of the sheet, which may lack some of what is in the table. */
  public String drawnCaption() {
    int drawn = sheet.panels().size();
    return sheet.left() == 0
        ? caption
        : "%s The first %d of %d panels; the data is of all."
            .formatted(caption, drawn, drawn + sheet.left());
  }

  /** The name of its files. */
  public String name() {
    return subject.isEmpty() ? kind : kind + "-" + subject;
  }
}
