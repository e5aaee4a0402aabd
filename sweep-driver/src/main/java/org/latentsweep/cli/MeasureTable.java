package org.latentsweep.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentsweep.bench.Family;
import org.latentsweep.bench.Measure;
import org.latentsweep.engine.ResultTable;

/** Converts the measures of a benchmark into tables. */
final class MeasureTable {
  private static final String TIME = "ms_per_step"; // only this one is shown with best and worst

  /** The measures of every program. */
  private static final List<String> COMPARED =
      List.of(TIME, "steps_per_second", "gflops", "of_peak", "speedup");

  private record Key(Family family, String program) {}

  private MeasureTable() {}

  /** Returns a row for each measure. */
  static ResultTable all(List<Measure> measures) {
    return new ResultTable(
        List.of("family", "program", "measure", "median", "best", "worst", "n"),
        measures.stream().map(MeasureTable::row).toList());
  }

  private static List<Object> row(Measure m) {
    return List.of(
        m.family().toString(), m.program(), m.name(), m.median(), m.best(), m.worst(), m.n());
  }

  /** Returns a row for each program, with the measures that every program has. */
  static ResultTable comparison(List<Measure> measures) {
    Map<Key, Map<String, Measure>> programs = new LinkedHashMap<>();
    for (Measure m : measures) {
      if (COMPARED.contains(m.name())) {
        programs
            .computeIfAbsent(new Key(m.family(), m.program()), key -> new LinkedHashMap<>())
            .put(m.name(), m);
      }
    }
    List<String> columns = new ArrayList<>(List.of("family", "program", TIME, "best", "worst"));
    columns.addAll(COMPARED.subList(1, COMPARED.size()));
    List<List<Object>> rows = new ArrayList<>();
    programs.forEach((key, values) -> rows.add(row(key, values)));
    return new ResultTable(columns, rows);
  }

  private static List<Object> row(Key key, Map<String, Measure> values) {
    Measure time = values.get(TIME);
    List<Object> row = new ArrayList<>();
    row.addAll(
        List.of(key.family().toString(), key.program(), time.median(), time.best(), time.worst()));
    COMPARED.stream().skip(1).forEach(name -> row.add(values.get(name).median()));
    return row;
  }

  /** Returns a row for each measure that only some programs have. */
  static ResultTable rest(List<Measure> measures) {
    return all(measures.stream().filter(m -> !COMPARED.contains(m.name())).toList());
  }
}
