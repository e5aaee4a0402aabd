package org.latentsweep.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jfree.chart.JFreeChart;

/**
 * Panels of one size in a grid, row by row, which is how a figure is drawn: not more than {@value
 * #MOST_PANELS}, or nobody could look at it. Sizes are pixels at 96 to the inch.
 *
 * @param columns of the grid
 * @param panelWidth of every panel
 * @param panelHeight of every panel
 * @param panels null where the grid has a gap
 * @param left how many panels there would be besides
 */
public record Sheet(
    int columns, int panelWidth, int panelHeight, List<JFreeChart> panels, int left) {
  static final int MOST_PANELS = 60;

  public Sheet {
    panels = Collections.unmodifiableList(new ArrayList<>(panels));
  }

  /** Of all panels that there are. */
  Sheet(int columns, int panelWidth, int panelHeight, List<JFreeChart> all) {
    this(
        columns,
        panelWidth,
        panelHeight,
        all.subList(0, Math.min(MOST_PANELS, all.size())),
        Math.max(0, all.size() - MOST_PANELS));
  }

  int width() {
    return columns * panelWidth;
  }

  int height() {
    return (panels.size() + columns - 1) / columns * panelHeight;
  }

  /** The sheet in pixels, that many for each of its own. */
  public BufferedImage image(double scale) {
    BufferedImage image =
        new BufferedImage(
            (int) (scale * width()), (int) (scale * height()), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(scale, scale);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    draw(graphics);
    graphics.dispose();
    return image;
  }

  void draw(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    for (int i = 0; i < panels.size(); i++) {
      if (panels.get(i) != null) {
        panels.get(i).draw(graphics, place(i));
      }
    }
  }

  private Rectangle2D place(int i) {
    return new Rectangle2D.Double(
        i % columns * (double) panelWidth,
        i / columns * (double) panelHeight,
        panelWidth,
        panelHeight);
  }
}
