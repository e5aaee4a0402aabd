package org.latentsweep.figure;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.StringWriter;
import org.latentsweep.cell.ReportTable;

/** Tables as RFC 4180 text, a header first; what is missing is empty. */
final class Csv {
  private Csv() {}

  static String of(ReportTable table) {
    StringWriter text = new StringWriter();
    CsvWriter writer = new CsvWriter(text, new CsvWriterSettings());
    writer.writeHeaders(table.columns());
    table.rows().forEach(row -> writer.writeRow(row));
    writer.close();
    return text.toString();
  }
}
