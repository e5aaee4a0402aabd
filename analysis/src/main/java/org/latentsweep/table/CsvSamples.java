package org.latentsweep.table;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads points from comma-separated values with a header (RFC 4180), whose lines may end in any of
 * the usual ways. There are no comments in such a file.
 */
final class CsvSamples {
  private static final char BYTE_ORDER_MARK = 0xFEFF;
  private static final int MAX_COLUMNS = 100_000; // chosen by judgement

  /** Decimal numbers; Java itself would also read {@code 1f} and hexadecimal ones. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+[.]?\\d*|[.]\\d+)([eE][+-]?\\d+)?");

  private static final Pattern INFINITE = Pattern.compile("[+-]?inf(inity)?");

  private CsvSamples() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is no such file
   * @throws IOException if the file system fails
   */
  static void read(Path path, SamplePoints points) throws IOException {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.setCommentProcessingEnabled(false);
    settings.setMaxColumns(MAX_COLUMNS);
    settings.setMaxCharsPerColumn(-1); // no limit, as other columns may hold long texts
    // A thread of the parser would go on reading after the file is closed here, and fail.
    settings.setReadInputOnSeparateThread(false);
    CsvParser parser = new CsvParser(settings);
    try (Reader text =
        new LineFeeds(new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
      parser.beginParsing(text);
      String[] header = parser.parseNext();
      int[] places = points.places(header == null ? List.of() : Arrays.asList(header));
      for (String[] row = parser.parseNext(); row != null; row = parser.parseNext()) {
        add(row, header.length, places, parser.getContext().currentLine(), points);
      }
    } catch (TextParsingException e) {
      throw points.unusable(
          "it is no CSV: " + e.getMessage().lines().findFirst().orElse("unreadable"));
    } finally {
      parser.stopParsing();
    }
  }

  private static void add(String[] row, int fields, int[] places, long line, SamplePoints points) {
    points.startRow();
    if (row.length != fields) {
      points.addProblem(
          "",
          String.format(
              Locale.ROOT, "line %d has %d fields, the header %d", line, row.length, fields));
      return;
    }
    for (int j = 0; j < places.length; j++) {
      String text = row[places[j]];
      points.add(j, number(text), text, "line " + line);
    }
  }

  /** Returns the number that a text stands for; null if it is none. */
  private static Double number(String text) {
    if (text == null) {
      return null;
    }
    if (NUMBER.matcher(text).matches()) {
      return Double.valueOf(text);
    }
    String name = text.toLowerCase(Locale.ROOT);
    if (name.equals("nan")) {
      return Double.NaN;
    }
    return INFINITE.matcher(name).matches() ? Double.POSITIVE_INFINITY : null;
  }

  /** Turns the ends of lines of all systems into line feeds, and leaves out a byte-order mark. */
  private static final class LineFeeds extends FilterReader {
    private boolean first = true; // whether nothing has been read
    private boolean afterReturn; // whether the last character was a carriage return

    LineFeeds(Reader in) {
      super(in);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      int kept = offset;
      for (int i = offset; i < offset + read; i++) {
        char c = buffer[i];
        boolean dropped = first && c == BYTE_ORDER_MARK || afterReturn && c == '\n';
        first = false;
        afterReturn = c == '\r';
        if (!dropped) {
          buffer[kept++] = c == '\r' ? '\n' : c;
        }
      }
      return read > 0 && kept == offset
          ? read(buffer, offset, length)
          : Math.min(read, kept - offset);
    }
  }
}
