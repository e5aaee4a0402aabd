package org.latentsweep.cli;

import java.io.PrintWriter;
import java.util.List;
import org.latentsweep.bench.Measure;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.table.SummaryRow;
import org.latentsweep.table.Table;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --format}, and the printing of tables in that format. */
final class TableOutput {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "${COMPLETION-CANDIDATES}; in csv and json nothing else goes to standard output")
  private TableFormat format;

  void print(ResultTable table) {
    PrintWriter out = command.commandLine().getOut();
    out.print(format.print(table));
    out.flush();
  }

  /** Prints a summary: the headline and diagnoses as a table for people, all of it otherwise. */
  void printSummary(List<SummaryRow> summary) {
    if (format == TableFormat.TABLE) {
      SummaryTable table = new SummaryTable(summary);
      print(table.wide());
      remark(table.caption());
      ResultTable diagnoses = table.diagnoses();
      if (!diagnoses.rows().isEmpty()) {
        remark("");
        print(diagnoses);
      }
    } else {
      print(ResultTable.of(Table.SUMMARY.rowType(), summary));
    }
  }

  /** Prints a benchmark: a row for each program for people, a row for each measure otherwise. */
  void printMeasures(List<Measure> measures) {
    if (format == TableFormat.TABLE) {
      print(MeasureTable.comparison(measures));
      remark("");
      print(MeasureTable.rest(measures));
    } else {
      print(MeasureTable.all(measures));
    }
  }

  /**
   * Prints a remark: on standard output if the table is for people, otherwise on standard error.
   */
  void remark(String text) {
    (format == TableFormat.TABLE ? command.commandLine().getOut() : err()).println(text);
  }

  /** Returns a progress line, which must be ended before anything else is printed. */
  ProgressLine progress() {
    return ProgressLine.on(err());
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }
}
