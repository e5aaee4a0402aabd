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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.latentsweep.cell.GridCell;
import org.latentsweep.cell.Headline;
import org.latentsweep.cell.MeasuredRun;
import org.latentsweep.cell.RankedCell;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.figure.DrawnFigure;
import org.latentsweep.figure.Figures;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.run.Outcome;
import org.latentsweep.table.ComparisonRow;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.table.SummaryRow;

/** The data of a report as JSON. The page shows these data and nothing else. */
final class ReportData {
  /**
   * A figure with more rows is shown as an image, because drawing it in the page would be slow.
   * Chosen by judgement, as the limits below are, to bound the size of the page.
   */
  private static final int MAX_FIGURE_ROWS = 5_000;

  /** Rows of a table that the page gets. */
  static final int MAX_ROWS = 30_000;

  /** Cells whose training and map the page gets. */
  private static final int MAX_PICTURED_CELLS = 45;

  /**
   * Pixels of an image for each pixel of a sheet. Chosen by judgement: sharper than 1, and smaller
   * than 2.
   */
  private static final double IMAGE_SCALE = 1.5;

  private static final long MAX_EXACT_INTEGER = 1L << 53; // of JavaScript's numbers

  private static final String PROVENANCE =
      """
      SELECT version, backend, device, host, count(*) AS runs,
        round(sum(train_seconds) / 3600, 3) AS core_hours_of_training,
        min(started_at) AS first_start, max(finished_at) AS last_finish
      FROM runs GROUP BY version, backend, device, host ORDER BY runs DESC
      """;

  /** Where and when runs were trained. */
  private record TrainedRuns(
      String version,
      String backend,
      String device,
      String host,
      long runs,
      double coreHoursOfTraining,
      Instant firstStart,
      Instant lastFinish) {}

  /**
   * The columns of the summary, without the diagnosis, which is long and is shown once per cell,
   * and without the t-interval of the mean, which reaches below 0 for divergences that cannot.
   */
  private static final String SUMMARY_COLUMNS =
      """
      target, latent_dim, config_hash, %smetric, median, median_low, median_high,
        median_confidence, worst, finite, counted, diverged, failed, diverged_in_effect,
        geometric_mean, geometric_low, geometric_high, iqm, iqm_low, iqm_high, over_best_low,
        over_best_high, more_seeds, runs, mean, sd, floor""";

  private static final String COMPARISONS = "SELECT * FROM comparisons";

  private record SweepName(String sweep) {}

  private final SweepQueries sweep;
  private final ObjectNode json = new ObjectMapper().createObjectNode();
  private final List<String> notes = new ArrayList<>();

  private ReportData(SweepQueries sweep) {
    this.sweep = sweep;
  }

  /** Returns all data of a report. */
  static ObjectNode of(SweepQueries sweep, List<DrawnFigure> figures, List<String> notes)
      throws IOException {
    ReportData data = new ReportData(sweep);
    data.notes.addAll(notes);
    data.putAll(figures);
    return data.json;
  }

  private void putAll(List<DrawnFigure> figures) throws IOException {
    json.put("generated", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("folder", sweep.folder().toString());
    json.put(
        "sweep",
        sweepName(
            sweep.query("SELECT DISTINCT sweep FROM runs", SweepName.class).stream()
                .map(SweepName::sweep),
            sweep.folder()));
    Headline.of(sweep).forEach(json.putArray("headline")::add);
    putCounts(
        sweep.runs().stream().map(MeasuredRun::outcome).toList(),
        sweep.folder(),
        json.putObject("counts"));
    json.set("provenance", queried(PROVENANCE, TrainedRuns.class));
    json.set("ranking", table(ranking(), MAX_ROWS));
    json.set("summary", table(summary(), MAX_ROWS));
    json.set("comparisons", queried(COMPARISONS, ComparisonRow.class));
    json.set(
        "runs",
        table(NamedColumns.queried(MeasuredRun.SQL, MeasuredRun.class, sweep.runs()), MAX_ROWS));
    putCells();
    ArrayNode onto = json.putArray("figures");
    for (DrawnFigure figure : figures) {
      put(figure, onto.addObject());
    }
    notes.forEach(json.putArray("notes")::add);
  }

  private <R extends Record> ObjectNode queried(String sql, Class<R> row) {
    return table(NamedColumns.queried(sql, row, sweep.query(sql, row)), MAX_ROWS);
  }

  private boolean hasVariants() {
    return sweep.cells().stream().anyMatch(cell -> !cell.variant().isEmpty());
  }

  /** Returns the ranked cells, with their variants if there are any. */
  private NamedColumns ranking() {
    List<RankedCell> rows = sweep.query(RankedCell.SQL, RankedCell.class);
    NamedColumns all = NamedColumns.queried(RankedCell.SQL, RankedCell.class, rows);
    return all.select(
        all.columns().stream()
            .filter(column -> hasVariants() || !column.equals("variant"))
            .toList());
  }

  /** Returns the summary, with the variants of cells if there are any. */
  private NamedColumns summary() {
    String columns = String.format(Locale.ROOT, SUMMARY_COLUMNS, hasVariants() ? "variant, " : "");
    List<SummaryRow> rows = sweep.query("SELECT * FROM summary", SummaryRow.class);
    return NamedColumns.queried(
            String.format(Locale.ROOT, "SELECT %s FROM summary", columns), SummaryRow.class, rows)
        .select(List.of(columns.split(",\\s+")));
  }

  /** Returns the names under which runs were planned; the folder's name if there are no runs. */
  static String sweepName(Stream<String> sweeps, SweepFolder folder) {
    List<String> names = sweeps.distinct().sorted().toList();
    return names.isEmpty() ? folder.path().getName() : String.join(", ", names);
  }

  static void putCounts(List<Outcome> runs, SweepFolder folder, ObjectNode onto)
      throws IOException {
    onto.put("planned", folder.planned().all().size()).put("finished", runs.size());
    for (Outcome outcome : Outcome.values()) {
      onto.put(outcome.tableName(), runs.stream().filter(outcome::equals).count());
    }
  }

  private void putCells() throws IOException {
    List<GridCell> pictured =
        sweep.cells().stream()
            .filter(cell -> sweep.shownRun(cell).isPresent())
            .limit(MAX_PICTURED_CELLS)
            .toList();
    if (pictured.size() < sweep.cells().size()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Training and maps are pictured for %d of %d cells.",
              pictured.size(),
              sweep.cells().size()));
    }
    SpaceSamples points = new SpaceSamples(sweep, pictured);
    ArrayNode cells = json.putArray("cells");
    for (GridCell cell : sweep.cells()) {
      ObjectNode onto = cells.addObject();
      onto.put("config_hash", cell.configHash()).put("target", cell.target());
      onto.put("latent_dim", cell.latentDimension()).put("label", cell.label());
      onto.put("panel", cell.panel()).put("label_in_target", cell.labelInTarget());
      onto.put("runs", cell.runs()).put("diverged", cell.diverged()).put("failed", cell.failed());
      onto.put("diagnosis", sweep.diagnosis(cell).orElse(null));
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
    NamedColumns table = figure.table();
    onto.put("sql", table.sql().orElse(null));
    onto.set("table", table(table, MAX_FIGURE_ROWS));
    try (InputStream spec = Figures.class.getResourceAsStream(figure.kind() + ".vl.json")) {
      boolean drawnByPage = spec != null && table.rows().size() <= MAX_FIGURE_ROWS;
      String caption = drawnByPage ? figure.caption() : figure.drawnCaption();
      onto.put("caption", caption).put("alt", figure.title() + ". " + caption);
      onto.set("spec", drawnByPage ? new ObjectMapper().readTree(spec) : null);
      onto.put("image", drawnByPage ? null : "data:image/png;base64," + png(figure));
    }
  }

  /** Returns the image in base64. */
  private static String png(DrawnFigure figure) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(figure.sheet().image(IMAGE_SCALE), "png", bytes);
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** Returns columns and rows. NaN is null, and infinite numbers are text, which JSON lacks. */
  static ObjectNode table(NamedColumns table, int maxRows) {
    ObjectNode onto = new ObjectMapper().createObjectNode();
    table.columns().forEach(onto.putArray("columns")::add);
    ArrayNode rows = onto.putArray("rows");
    for (List<Object> row : table.rows().subList(0, Math.min(maxRows, table.rows().size()))) {
      ArrayNode values = rows.addArray();
      row.forEach(value -> add(value, values));
    }
    onto.put("total", table.rows().size());
    onto.put("sql", table.sql().orElse(null));
    return onto;
  }

  /** Returns a number, or text if JavaScript's numbers would round it: seeds have 64 bits. */
  static JsonNode whole(long value) {
    return value >= -MAX_EXACT_INTEGER && value <= MAX_EXACT_INTEGER
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
    } else {
      onto.add(value == null ? null : value.toString());
    }
  }
}
