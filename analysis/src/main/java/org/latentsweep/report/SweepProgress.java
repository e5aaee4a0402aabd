package org.latentsweep.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.latentsweep.cell.MeasuredRun;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.table.RowType;
import org.latentsweep.table.RunRow;

/**
 * The progress of a sweep: counts and rows of its runs, which are a part of what {@link
 * Report#json} gives. They are read without Spark, so they do not wait for its slots.
 */
public final class SweepProgress {
  private SweepProgress() {}

  /**
   * Reads the progress.
   *
   * @param version of this program
   * @throws IOException naming the files that cannot be read
   */
  public static ObjectNode of(SweepFolder folder, String version) throws IOException {
    List<RunRow> runs = folder.runs().all().values().stream().map(StoredRun::row).toList();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("generated", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("folder", folder.toString()).put("version", version);
    json.put("sweep", ReportData.sweepName(runs.stream().map(RunRow::sweep), folder));
    ReportData.putCounts(
        runs.stream().map(RunRow::outcome).toList(), folder, json.putObject("counts"));
    List<MeasuredRun> rows = runs.stream().map(MeasuredRun::withoutDivergence).toList();
    json.set(
        "runs",
        ReportData.table(NamedColumns.computed(MeasuredRun.class, rows), ReportData.MAX_ROWS));
    return json;
  }

  /**
   * Returns a report with the current counts, and with the runs that it does not have yet.
   *
   * @param report what {@link Report#json} gave
   * @param progress what {@link #of} gave later
   */
  public static ObjectNode onto(ObjectNode report, ObjectNode progress) {
    ObjectNode now = report.deepCopy();
    now.set("counts", progress.get("counts"));
    addNewRuns(progress.get("runs"), (ObjectNode) now.get("runs"));
    return now;
  }

  /** Both tables have the columns of {@link MeasuredRun}. */
  private static void addNewRuns(JsonNode from, ObjectNode onto) {
    int id = RowType.of(MeasuredRun.class).columns().indexOf("run_id");
    ArrayNode rows = (ArrayNode) onto.get("rows");
    Set<String> known = new HashSet<>();
    rows.forEach(row -> known.add(row.get(id).asText()));
    for (JsonNode run : from.get("rows")) {
      if (!known.contains(run.get(id).asText())) {
        rows.add(run);
      }
    }
    onto.set("total", from.get("total"));
  }
}
