package org.latentsweep.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentsweep.cell.ReportTable;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.table.RowType;
import org.latentsweep.table.RunRow;
import org.latentsweep.table.Table;

/**
 * How far a sweep is: counts and rows of its runs, a part of what {@link Report#json} gives, read
 * without Spark and so without waiting for its slots.
 */
public final class ReportProgress {
  private static final List<String> COLUMNS =
      List.of(
          "run_id",
          "config_hash",
          "target",
          "latent_dim",
          "seed",
          "outcome",
          "steps",
          "d_loss",
          "g_loss",
          "train_seconds",
          "steps_per_second",
          "diverged_at",
          "message",
          "backend",
          "device",
          "host",
          "attempt",
          "started_at",
          "finished_at",
          "version",
          "sweep");

  private ReportProgress() {}

  /**
   * How far it is now.
   *
   * @param version of this program
   * @throws IOException naming the files that cannot be read
   */
  public static ObjectNode of(SweepFolder folder, String version) throws IOException {
    ReportTable runs = runs(folder.runs().all().values());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("generated", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("folder", folder.toString()).put("version", version);
    json.put("sweep", ReportJson.sweepName(runs, folder));
    ReportJson.putCounts(runs, folder, json.putObject("counts"));
    json.set("runs", ReportJson.table(runs, ReportJson.MOST_ROWS));
    return json;
  }

  private static ReportTable runs(Collection<StoredRun> found) {
    RowType<RunRow> type = Table.RUNS.rowType();
    List<List<Object>> rows = new ArrayList<>();
    for (StoredRun run : found) {
      Object[] values = type.values(run.row());
      rows.add(
          COLUMNS.stream()
              .map(column -> values[type.columns().indexOf(column)])
              .collect(Collectors.toList())); // which takes null
    }
    return ReportTable.computed(COLUMNS, rows);
  }

  /**
   * A report with what has come in since it was made: its counts, and runs that it lacks.
   *
   * @param report that {@link Report#json} gave
   * @param progress that {@link #of} gave later
   */
  public static ObjectNode onto(ObjectNode report, ObjectNode progress) {
    ObjectNode now = report.deepCopy();
    now.set("counts", progress.get("counts"));
    addNewRuns(progress.get("runs"), (ObjectNode) now.get("runs"));
    return now;
  }

  private static void addNewRuns(JsonNode from, ObjectNode onto) {
    Map<String, Integer> places = new HashMap<>();
    from.get("columns").forEach(column -> places.put(column.asText(), places.size()));
    List<Integer> order = new ArrayList<>();
    onto.get("columns").forEach(column -> order.add(places.getOrDefault(column.asText(), -1)));
    int id = order.indexOf(places.get("run_id"));
    Set<String> known = new HashSet<>();
    onto.get("rows").forEach(row -> known.add(row.get(id).asText()));
    ArrayNode rows = (ArrayNode) onto.get("rows");
    for (JsonNode run : from.get("rows")) {
      if (!known.contains(run.get(places.get("run_id")).asText())) {
        ArrayNode row = rows.addArray();
        order.forEach(place -> row.add(place < 0 ? row.nullNode() : run.get(place)));
      }
    }
    onto.set("total", from.get("total"));
  }
}
