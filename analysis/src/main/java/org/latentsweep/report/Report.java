package org.latentsweep.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.AWTError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
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

  /** The name of the folder of figures. */
  public static final String FIGURES = "figures";

  private Report() {}

  /**
   * Writes the report and the figures.
   *
   * @param spark to read the tables with
   * @param folder of the sweep
   * @param into a local folder
   * @param version of this program
   * @param tried is called after each figure with the number of those that were tried
   * @return the data that the page shows
   * @throws IOException naming the file that cannot be read or written
   */
  public static ObjectNode write(
      SparkSession spark, SweepFolder folder, Path into, String version, IntConsumer tried)
      throws IOException {
    // The state is read before the rows, so that a change in between makes the report stale.
    String state = state(folder, version);
    List<String> notes = new ArrayList<>();
    try (SweepQueries sweep = new SweepQueries(spark, folder);
        NewFile page = new NewFile(into.resolve(PAGE))) {
      List<DrawnFigure> figures = drawn(sweep, notes, tried);
      FigureFiles files = new FigureFiles(into.resolve(FIGURES));
      for (DrawnFigure figure : figures) {
        files.write(figure);
      }
      ObjectNode json =
          ReportData.of(sweep, figures, notes).put("version", version).put("state", state);
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
    String state = state(folder, version);
    List<String> notes = new ArrayList<>();
    try (SweepQueries sweep = new SweepQueries(spark, folder)) {
      return ReportData.of(sweep, drawn(sweep, notes, tried -> {}), notes)
          .put("version", version)
          .put("state", state)
          .put("live", true);
    }
  }

  /**
   * Returns a hash of all that a report shows: the tables of a folder and the program.
   *
   * @throws IOException if the folder cannot be read
   */
  private static String state(SweepFolder folder, String version) throws IOException {
    return String.join(
        "-", folder.acrossSeeds().state(), "" + folder.planned().all().size(), version);
  }

  /**
   * Returns whether a page is that of a report on a folder as it is.
   *
   * @param page the beginning of the page
   * @throws IOException if the folder cannot be read
   */
  public static boolean isCurrent(String page, SweepFolder folder, String version)
      throws IOException {
    return page.contains(ReportPage.stateTag(state(folder, version)));
  }

  /** Java cannot draw without fonts. Then the report has no figures, and a note says why. */
  private static List<DrawnFigure> drawn(
      SweepQueries sweep, List<String> notes, IntConsumer tried) {
    try {
      return Figures.of(sweep, tried);
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
