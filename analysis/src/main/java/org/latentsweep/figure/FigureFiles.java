package org.latentsweep.figure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGraphics2D;
import org.latentsweep.table.CsvText;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.table.NewFile;
import org.latentsweep.table.Storage;

/** Writes a figure as {@code NAME.svg} and {@code NAME.png}, and its data as {@code NAME.csv}. */
public final class FigureFiles {
  /**
   * Pixels of a PNG file for each pixel of a sheet: 192 to the inch. Chosen by judgement, so that
   * text is sharp on screens of high density.
   */
  private static final int SCALE = 2;

  private final Path folder;

  /**
   * Makes a writer.
   *
   * @param folder is created if it does not exist
   */
  public FigureFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes the three files of a figure. A file appears under its name only once it is complete.
   *
   * @throws IOException naming the file that cannot be written
   */
  public void write(DrawnFigure figure) throws IOException {
    Files.createDirectories(folder);
    write(figure, "csv", out -> out.write(csv(figure.table()).getBytes(UTF_8)));
    write(figure, "svg", out -> out.write(svg(figure).getBytes(UTF_8)));
    write(figure, "png", out -> ImageIO.write(png(figure), "png", out));
  }

  private void write(DrawnFigure figure, String type, Storage.FileContent content)
      throws IOException {
    try (NewFile file = new NewFile(folder.resolve(figure.name() + "." + type))) {
      try (OutputStream out = Files.newOutputStream(file.temporary())) {
        content.writeTo(out);
      }
      file.publish();
    }
  }

  private static String csv(NamedColumns table) {
    return CsvText.of(table.columns(), table.rows());
  }

  private static BufferedImage png(DrawnFigure figure) {
    TitledSheet sheet = new TitledSheet(figure);
    BufferedImage image =
        new BufferedImage(
            SCALE * sheet.width(), SCALE * sheet.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    sheet.draw(graphics);
    graphics.dispose();
    return image;
  }

  private static String svg(DrawnFigure figure) {
    TitledSheet sheet = new TitledSheet(figure);
    SVGGraphics2D graphics =
        new SVGGraphics2D(
            GenericDOMImplementation.getDOMImplementation()
                .createDocument("http://www.w3.org/2000/svg", "svg", null));
    graphics.setSVGCanvasSize(new Dimension(sheet.width(), sheet.height()));
    sheet.draw(graphics);
    try (Writer text = new StringWriter()) {
      graphics.stream(text, true);
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
