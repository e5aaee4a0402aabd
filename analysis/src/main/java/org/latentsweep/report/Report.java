package org.latentsweep.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.AWTError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.figure.DrawnFigure;
import org.latentsweep.figure.FigureFiles;
import org.latentsweep.figure.Figures;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.table.NewFile;

/**
 * A sweep's report: {@code report.html}, which needs no other file, and a folder {@code figures}
 * with each figure as SVG, PNG and CSV. It reads the tables and writes none; metrics that are not
 * computed yet are left out.
 */
public final class Report {
  /** The name of the page's file. */
  public static final String PAGE = "report.html";

  private Report() {}

  /**
   * Writes the report and the figures.
   *
   * @param spark to read the tables with
   * @param folder of the sweep
   * @param into a local folder
   * @param version of this program
   * @return the data that the page shows
   * @throws IOException naming the file that cannot be read or written
   */
  public static ObjectNode write(SparkSession spark, SweepFolder folder, Path into, String version)
      throws IOException {
    List<String> notes = new ArrayList<>();
    try (SweepQueries sweep = new SweepQueries(spark, folder);
        NewFile page = new NewFile(into.resolve(PAGE))) {
      List<DrawnFigure> figures = drawn(sweep, notes);
      FigureFiles files = new FigureFiles(into.resolve("figures"));
      for (DrawnFigure figure : figures) {
        files.write(figure);
      }
      ObjectNode json = ReportData.of(sweep, figures, notes).put("version", version);
      Files.writeString(page.temporary(), ReportPage.html(json));
      page.publish();
      return json;
    }
  }

  /**
   * Returns the data of a page that is served while the sweep runs.
   *
   * @throws IOException naming the file that cannot be read
   */
  public static ObjectNode json(SparkSession spark, SweepFolder folder, String version)
      throws IOException {
    List<String> notes = new ArrayList<>();
    try (SweepQueries sweep = new SweepQueries(spark, folder)) {
      return ReportData.of(sweep, drawn(sweep, notes), notes)
          .put("version", version)
          .put("live", true);
    }
  }

  /** Java cannot draw without fonts. Then the report has no figures, and a note says why. */
  private static List<DrawnFigure> drawn(SweepQueries sweep, List<String> notes) {
    try {
      return Figures.of(sweep);
    } catch (AWTError | LinkageError | InternalError e) {
      notes.add(
          String.format(
                  Locale.ROOT,
                  "Figures are left out: Java found no fonts to draw with (%s); install fontconfig and a font,",
                  e.getMessage())
              + " such as Debian's fonts-dejavu-core.");
      return List.of();
    }
  }
}
