package org.latentsweep.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentsweep.bench.Family;
import org.latentsweep.bench.Measure;
import org.latentsweep.engine.ResultTable;

/** A benchmark's measures as tables. */
final class MeasureTable {
  private static final String TIME = "ms_per_step"; // alone is shown with its best and its worst

  /** What every program has. */
  private static final List<String> COMPARED =
      List.of(TIME, "steps_per_second", "gflops", "of_peak", "speedup");

  private record Key(Family family, String program) {}

  private MeasureTable() {}

  /** All of them, a line each. */
  static ResultTable all(List<Measure> measures) {
    return new ResultTable(
        List.of("family", "program", "measure", "median", "best", "worst", "n"),
        measures.stream().map(MeasureTable::row).toList());
  }

  private static List<Object> row(Measure m) {
    return List.of(
        m.family().toString(), m.program(), m.name(), m.median(), m.best(), m.worst(), m.n());
  }

  /** What every program has, a line for each program. */
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

  /** What is left, a line each. */
  static ResultTable rest(List<Measure> measures) {
    return all(measures.stream().filter(m -> !COMPARED.contains(m.name())).toList());
  }
}
