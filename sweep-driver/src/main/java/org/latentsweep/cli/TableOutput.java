package org.latentsweep.cli;

import java.io.PrintWriter;
import java.util.List;
import org.latentsweep.bench.Measure;
import org.latentsweep.engine.ResultTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of every command that prints a table, and the printing. */
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

  /** A summary: for people the headline and the diagnosis of every cell, for programs all of it. */
  void printSummary(ResultTable summary) {
    if (format == TableFormat.TABLE) {
      print(SummaryTable.wide(summary));
      remark(SummaryTable.CAPTION);
      ResultTable diagnoses = SummaryTable.diagnoses(summary);
      if (!diagnoses.rows().isEmpty()) {
        remark("");
        print(diagnoses);
      }
    } else {
      print(summary);
    }
  }

  /** A benchmark: for people a line a program and then the rest, for programs a line a measure. */
  void printMeasures(List<Measure> measures) {
    if (format == TableFormat.TABLE) {
      print(MeasureTable.comparison(measures));
      remark("");
      print(MeasureTable.rest(measures));
    } else {
      print(MeasureTable.all(measures));
    }
  }

  /** For people: on standard output under a table that is for people too. */
  void remark(String text) {
    (format == TableFormat.TABLE ? command.commandLine().getOut() : err()).println(text);
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }
}
