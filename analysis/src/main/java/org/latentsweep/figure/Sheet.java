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
 * Panels of one size in a grid, row by row, as a figure is drawn. There are at most {@value
 * #MAX_PANELS} panels. Sizes are pixels, of which an inch has 96.
 *
 * @param columns the number of columns of the grid
 * @param panelWidth the width of every panel
 * @param panelHeight the height of every panel
 * @param panels the charts; null where the grid has a gap
 * @param omitted how many more panels the figure would have
 */
public record Sheet(
    int columns, int panelWidth, int panelHeight, List<JFreeChart> panels, int omitted) {
  static final int MAX_PANELS = 60; // chosen by judgement: more cannot be looked at on one sheet

  /** Copies the panels. */
  public Sheet {
    panels = Collections.unmodifiableList(new ArrayList<>(panels));
  }

  /** Makes the sheet of the first of all panels of a figure. */
  Sheet(int columns, int panelWidth, int panelHeight, List<JFreeChart> all) {
    this(
        columns,
        panelWidth,
        panelHeight,
        all.subList(0, Math.min(MAX_PANELS, all.size())),
        Math.max(0, all.size() - MAX_PANELS));
  }

  int width() {
    return columns * panelWidth;
  }

  int height() {
    return (panels.size() + columns - 1) / columns * panelHeight;
  }

  /** Returns the sheet as an image, with that many pixels for each of its own. */
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
