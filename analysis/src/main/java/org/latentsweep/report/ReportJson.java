package org.latentsweep.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.latentsweep.cell.Cell;
import org.latentsweep.cell.Headline;
import org.latentsweep.cell.ReportTable;
import org.latentsweep.cell.SweepTables;
import org.latentsweep.figure.DrawnFigure;
import org.latentsweep.figure.Figures;
import org.latentsweep.folder.SweepFolder;

/** What a report's page shows, as JSON: the page draws all of it and knows nothing else. */
final class ReportJson {
  private static final int MOST_FIGURE_ROWS = 5_000;
  static final int MOST_ROWS = 30_000;
  private static final int MOST_PICTURED_CELLS = 45;
  private static final double IMAGE_SCALE = 1.5;
  private static final long LARGEST_EXACT = 1L << 53; // of JavaScript's whole numbers

  private static final String PROVENANCE =
      """
      SELECT version, backend, device, host, count(*) AS runs,
        round(sum(train_seconds) / 3600, 3) AS core_hours_of_training,
        min(started_at) AS first_start, max(finished_at) AS last_finish
      FROM runs GROUP BY version, backend, device, host ORDER BY runs DESC
      """;

  /**
   * With the variants where there are any; without the diagnoses, which are long and the same in
   * all rows of a cell.
   */
  private static final String SUMMARY =
      """
      SELECT target, latent_dim, config_hash, %smetric, runs, diverged, failed, mean, sd, median,
        ci_low, ci_high, floor FROM summary
      """;

  private final SweepTables sweep;
  private final ObjectNode json = new ObjectMapper().createObjectNode();
  private final List<String> notes = new ArrayList<>();

  private ReportJson(SweepTables sweep) {
    this.sweep = sweep;
  }

  /** All that there is to show. */
  static ObjectNode of(SweepTables sweep, List<DrawnFigure> figures, List<String> notes)
      throws IOException {
    ReportJson report = new ReportJson(sweep);
    report.notes.addAll(notes);
    report.putAll(figures);
    return report.json;
  }

  private void putAll(List<DrawnFigure> figures) throws IOException {
    ReportTable runs = sweep.runs();
    json.put("generated", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("folder", sweep.folder().toString());
    json.put("sweep", sweepName(sweep.query("SELECT DISTINCT sweep FROM runs"), sweep.folder()));
    Headline.of(sweep).forEach(json.putArray("headline")::add);
    putCounts(runs, sweep.folder(), json.putObject("counts"));
    json.set("provenance", table(sweep.query(PROVENANCE), MOST_ROWS));
    boolean variants = sweep.cells().stream().anyMatch(cell -> !cell.variant().isEmpty());
    json.set(
        "summary", table(sweep.query(SUMMARY.formatted(variants ? "variant, " : "")), MOST_ROWS));
    json.set("comparisons", table(sweep.query("SELECT * FROM comparisons"), MOST_ROWS));
    json.set("runs", table(runs, MOST_ROWS));
    putCells();
    ArrayNode onto = json.putArray("figures");
    for (DrawnFigure figure : figures) {
      put(figure, onto.addObject());
    }
    notes.forEach(json.putArray("notes")::add);
  }

  /** The names that runs were asked for under; before there are any, that of the folder. */
  static String sweepName(ReportTable runs, SweepFolder folder) {
    return runs.isEmpty()
        ? folder.path().getName()
        : runs.rows().stream()
            .map(run -> runs.text(run, "sweep"))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
  }

  static void putCounts(ReportTable runs, SweepFolder folder, ObjectNode onto) throws IOException {
    onto.put("planned", folder.planned().all().size()).put("finished", runs.rows().size());
    for (String outcome : List.of("completed", "diverged", "failed")) {
      onto.put(
          outcome,
          runs.rows().stream().filter(run -> runs.text(run, "outcome").equals(outcome)).count());
    }
  }

  private void putCells() throws IOException {
    List<Cell> pictured =
        sweep.cells().stream()
            .filter(cell -> cell.shown().isPresent())
            .limit(MOST_PICTURED_CELLS)
            .toList();
    if (pictured.size() < sweep.cells().size()) {
      notes.add(
          "Training and maps are pictured for %d of %d cells."
              .formatted(pictured.size(), sweep.cells().size()));
    }
    SpaceSamples points = new SpaceSamples(sweep, pictured);
    ArrayNode cells = json.putArray("cells");
    for (Cell cell : sweep.cells()) {
      ObjectNode onto = cells.addObject();
      onto.put("config_hash", cell.configHash()).put("target", cell.target());
      onto.put("latent_dim", cell.latentDimension()).put("label", cell.label());
      onto.put("panel", cell.panel()).put("label_in_target", cell.labelInTarget());
      onto.put("runs", cell.runs()).put("diverged", cell.diverged()).put("failed", cell.failed());
      onto.put("diagnosis", cell.diagnosis().orElse(null));
      if (pictured.contains(cell)) {
        points.put(cell, onto);
      }
    }
    notes.addAll(points.unreadable());
    ArrayNode targets = json.putArray("targets");
    sweep
        .byTarget()
        .values()
        .forEach(
            ofTarget ->
                SpaceSamples.putTarget(ofTarget.get(0).distribution(), targets.addObject()));
  }

  private static void put(DrawnFigure figure, ObjectNode onto) throws IOException {
    onto.put("name", figure.name()).put("title", figure.title());
    ReportTable table = figure.table();
    onto.put("sql", table.sql().orElse(null));
    onto.set("table", table(table, MOST_FIGURE_ROWS));
    try (InputStream spec = Figures.class.getResourceAsStream(figure.kind() + ".vl.json")) {
      boolean drawnByPage = spec != null && table.rows().size() <= MOST_FIGURE_ROWS;
      String caption = drawnByPage ? figure.caption() : figure.drawnCaption();
      onto.put("caption", caption).put("alt", figure.title() + ". " + caption);
      onto.set("spec", drawnByPage ? new ObjectMapper().readTree(spec) : null);
      onto.put("image", drawnByPage ? null : "data:image/png;base64," + png(figure));
    }
  }

  /** In base64. */
  private static String png(DrawnFigure figure) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(figure.sheet().image(IMAGE_SCALE), "png", bytes);
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** As columns and rows: what is missing is null, what is infinite a text. */
  static ObjectNode table(ReportTable table, int mostRows) {
    ObjectNode onto = new ObjectMapper().createObjectNode();
    table.columns().forEach(onto.putArray("columns")::add);
    ArrayNode rows = onto.putArray("rows");
    for (List<Object> row : table.rows().subList(0, Math.min(mostRows, table.rows().size()))) {
      ArrayNode values = rows.addArray();
      row.forEach(value -> add(value, values));
    }
    onto.put("total", table.rows().size());
    onto.put("sql", table.sql().orElse(null));
    return onto;
  }

  /** A number, or a text where JavaScript's numbers would round it: seeds are of 64 bits. */
  static JsonNode whole(long value) {
    return value >= -LARGEST_EXACT && value <= LARGEST_EXACT
        ? LongNode.valueOf(value)
        : TextNode.valueOf(String.valueOf(value));
  }

  private static void add(Object value, ArrayNode onto) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isNaN(number)) {
        onto.addNull();
      } else if (Double.isInfinite(number)) {
        onto.add(String.valueOf(number));
      } else if (value instanceof Float single) {
        onto.add(single);
      } else {
        onto.add(number);
      }
    } else if (value instanceof Number whole) {
      onto.add(whole(whole.longValue()));
    } else if (value instanceof Timestamp time) {
      onto.add(time.toInstant().toString());
    } else {
      onto.add(value == null ? null : value.toString());
    }
  }
}
