package org.latentsweep.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.util.List;
import org.latentsweep.table.WordWrap;

/** A figure as its files show it: the title above the sheet, the caption below. */
final class TitledSheet {
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final Font CAPTION = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  private static final Color INK = new Color(0x222222);
  private static final int MARGIN = 12;
  private static final int TITLE_HEIGHT = 32;
  private static final int LINE_HEIGHT = 15;

  private final DrawnFigure figure;
  private final List<String> caption;

  TitledSheet(DrawnFigure figure) {
    this.figure = figure;
    int width = figure.sheet().width() - 2 * MARGIN;
    FontRenderContext context = new FontRenderContext(null, true, true);
    caption =
        WordWrap.lines(
            figure.drawnCaption(),
            "",
            line -> CAPTION.getStringBounds(line, context).getWidth() <= width);
  }

  int width() {
    return figure.sheet().width();
  }

  int height() {
    return TITLE_HEIGHT + figure.sheet().height() + LINE_HEIGHT * caption.size() + MARGIN;
  }

  void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    graphics.translate(0, TITLE_HEIGHT);
    figure.sheet().draw(graphics);
    graphics.translate(0, -TITLE_HEIGHT);
    graphics.setColor(INK);
    graphics.setFont(TITLE);
    graphics.drawString(figure.title(), MARGIN, TITLE_HEIGHT - MARGIN);
    graphics.setFont(CAPTION);
    int y = TITLE_HEIGHT + figure.sheet().height();
    for (String line : caption) {
      y += LINE_HEIGHT;
      graphics.drawString(line, MARGIN, y - 3);
    }
  }
}
