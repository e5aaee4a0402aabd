package org.latentsweep.cell;

import static org.latentsweep.divergence.SmoothedDivergences.KL_FORWARD;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.table.SummaryRow;

/**
 * What a sweep says of each target in words: the cell with the lowest median divergence, the cells
 * that cannot be excluded from being the best, how many more seeds it would take to decide, and how
 * much worse the others are. Then the runs that diverged or failed, the bandwidths at which the
 * cells have another order, and the runs whose divergences contradict one another. A cell is
 * excluded by multiple comparisons with the best at the 5% level.
 */
public final class Headline {
  /** Cells that a sentence names; chosen by judgement: more would make it too long to read. */
  private static final int MAX_NAMED = 6;

  /** Larger numbers of seeds are not written out; chosen by judgement: nobody trains as many. */
  private static final double MAX_SEEDS = 1000;

  private static final String MEDIANS =
      String.format(
          Locale.ROOT,
          """
      SELECT * FROM summary WHERE split(metric, '@')[0] IN (%s) AND median IS NOT NULL
      ORDER BY target, median, worst, latent_dim, variant
      """,
          SweepQueries.list(Ranking.METRICS));

  /**
   * The runs of each target in which a divergence is above the same one at a smaller bandwidth,
   * beyond the intervals of both.
   */
  private static final String CONTRADICTING =
      String.format(
          Locale.ROOT,
          """
      SELECT r.target, count(DISTINCT r.run_id) AS runs
      FROM metrics smoother
      JOIN metrics other ON other.run_id = smoother.run_id AND other.step = smoother.step
        AND other.metric = smoother.metric AND other.bandwidth < smoother.bandwidth
        AND other.ci_high < smoother.ci_low
      JOIN runs r ON r.run_id = smoother.run_id AND r.steps = smoother.step
      WHERE smoother.metric IN (%s)
      GROUP BY r.target ORDER BY r.target
      """,
          SweepQueries.list(SmoothedDivergences.names()));

  private record ContradictingRuns(String target, long runs) {}

  private final String target;
  private final Map<String, String> labels = new HashMap<>(); // by config hash
  private final Map<String, List<SummaryRow>> ranked; // by metric, which contains the bandwidth

  private Headline(String target, List<GridCell> cells, List<SummaryRow> medians) {
    this.target = target;
    cells.forEach(cell -> labels.put(cell.configHash(), cell.labelInTarget()));
    ranked = new LinkedHashMap<>();
    for (SummaryRow row : medians) {
      if (row.target().equals(target)) {
        ranked.computeIfAbsent(row.metric(), metric -> new ArrayList<>()).add(row);
      }
    }
  }

  /** Returns sentences, one or more for each target that was measured. */
  public static List<String> of(SweepQueries sweep) {
    List<SummaryRow> medians = sweep.query(MEDIANS, SummaryRow.class);
    List<String> sentences = new ArrayList<>();
    sweep
        .byTarget()
        .forEach((target, cells) -> new Headline(target, cells, medians).add(sentences));
    sweep.query(CONTRADICTING, ContradictingRuns.class).stream()
        .map(Headline::contradiction)
        .forEach(sentences::add);
    return sentences;
  }

  private void add(List<String> onto) {
    List<SummaryRow> cells = ranked.getOrDefault(ranking(), List.of());
    if (cells.isEmpty()) {
      return;
    }
    SummaryRow best = cells.get(0);
    onto.add(
        String.format(
            Locale.ROOT,
            "%s: %s has the lowest median divergence, %s %s nats%s; the floor is %s.%s",
            target,
            label(best),
            Ranking.label(ranking()),
            ShortNumbers.of(best.median()),
            confidence(best),
            ShortNumbers.of(best.floor() == null ? Double.NaN : best.floor()),
            unbounded(best)));
    for (String more : List.of(others(cells), lost(cells), otherOrders(cells))) {
      if (!more.isEmpty()) {
        onto.add(more);
      }
    }
  }

  private String ranking() {
    return Ranking.of(ranked.keySet());
  }

  /** Tells the forward divergence of a cell that was ranked by the skew one. */
  private String unbounded(SummaryRow best) {
    if (ranking().equals(KL_FORWARD)) {
      return "";
    }
    return ranked.getOrDefault(KL_FORWARD, List.of()).stream()
        .filter(row -> row.configHash().equals(best.configHash()))
        .findFirst()
        .map(
            row ->
                String.format(
                    Locale.ROOT, " Its forward KL_h is %s.", ShortNumbers.of(row.median())))
        .orElse("");
  }

  private static String contradiction(ContradictingRuns found) {
    return String.format(
        Locale.ROOT,
        "%s: in %s, divergences at two bandwidths contradict one another, because smoothing"
            + " cannot raise a divergence; do not trust them.",
        found.target(),
        found.runs() == 1 ? "1 run" : found.runs() + " runs");
  }

  private String label(SummaryRow cell) {
    return labels.get(cell.configHash());
  }

  private static String confidence(SummaryRow cell) {
    String runs = String.format(Locale.ROOT, "%d of %d runs", cell.finite(), cell.counted());
    return cell.medianConfidence() == null
        ? String.format(Locale.ROOT, " (%s)", runs)
        : String.format(
            Locale.ROOT,
            " [%s, %s] with %s%% confidence, worst %s, %s",
            ShortNumbers.of(cell.medianLow()),
            ShortNumbers.of(cell.medianHigh()),
            ShortNumbers.of(100 * cell.medianConfidence()),
            ShortNumbers.of(cell.worst()),
            runs);
  }

  private String others(List<SummaryRow> cells) {
    List<String> candidates = new ArrayList<>();
    List<String> worse = new ArrayList<>();
    List<String> untested = new ArrayList<>();
    for (SummaryRow cell : cells.subList(1, cells.size())) {
      if (cell.overBestLow() == null) {
        untested.add(label(cell));
      } else if (cell.overBestLow() < 1) {
        candidates.add(label(cell));
      } else {
        worse.add(worse(cell, cells.get(0)));
      }
    }
    List<String> clauses = new ArrayList<>();
    if (cells.get(0).overBestLow() != null && cells.get(0).overBestLow() >= 1) {
      clauses.add("Its geometric mean, which runs that collapsed raise, is not the best.");
    }
    addClause("Cannot be excluded from being the best at the 5% level: ", candidates, clauses);
    if (!candidates.isEmpty()) {
      clauses.add(toDecide(cells));
    }
    addClause("Worse, by the ratio of medians: ", worse, clauses);
    addClause(
        "Not compared (fewer than three runs, or a divergence that is not above 0): ",
        untested,
        clauses);
    return String.join(" ", clauses);
  }

  private String worse(SummaryRow cell, SummaryRow best) {
    double ratio = cell.median() / best.median();
    return label(cell)
        + (Double.isFinite(ratio)
            ? String.format(Locale.ROOT, " (%s)", ShortNumbers.of(ratio))
            : "");
  }

  private static String toDecide(List<SummaryRow> cells) {
    double more =
        cells.stream()
            .filter(cell -> cell.moreSeeds() != null)
            .mapToDouble(SummaryRow::moreSeeds)
            .max()
            .orElse(Double.POSITIVE_INFINITY);
    return more > MAX_SEEDS
        ? String.format(
            Locale.ROOT,
            "More than %s more seeds for each cell would be needed to decide.",
            ShortNumbers.of(MAX_SEEDS))
        : String.format(Locale.ROOT, "About %.0f more seeds for each cell would decide.", more);
  }

  private String lost(List<SummaryRow> cells) {
    List<String> lost = new ArrayList<>();
    for (SummaryRow cell : cells) {
      long runs = cell.diverged() + cell.divergedInEffect() + cell.failed();
      if (runs > 0) {
        lost.add(String.format(Locale.ROOT, "%s (%d of %d)", label(cell), runs, cell.counted()));
      }
    }
    List<String> clauses = new ArrayList<>();
    addClause("Runs that diverged or failed: ", lost, clauses);
    return String.join(" ", clauses);
  }

  private String otherOrders(List<SummaryRow> cells) {
    List<String> clauses = new ArrayList<>();
    String start = ranking() + "@";
    for (Map.Entry<String, List<SummaryRow>> other : ranked.entrySet()) {
      if (other.getKey().startsWith(start) && !labels(other.getValue()).equals(labels(cells))) {
        String bandwidth = other.getKey().substring(start.length());
        addClause(
            String.format(
                Locale.ROOT, "At the bandwidth %s the order of medians is another: ", bandwidth),
            labels(other.getValue()),
            clauses);
      }
    }
    return String.join(" ", clauses);
  }

  private List<String> labels(List<SummaryRow> cells) {
    return cells.stream().map(this::label).toList();
  }

  private static void addClause(String start, List<String> labels, List<String> onto) {
    if (!labels.isEmpty()) {
      List<String> named = labels.subList(0, Math.min(MAX_NAMED, labels.size()));
      int left = labels.size() - named.size();
      onto.add(start + String.join("; ", named) + (left > 0 ? "; and " + left + " more." : "."));
    }
  }
}
