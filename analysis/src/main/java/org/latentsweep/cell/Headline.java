package org.latentsweep.cell;

import static org.latentsweep.divergence.SmoothedDivergences.KL_FORWARD;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentsweep.table.ComparisonRow;
import org.latentsweep.table.SummaryRow;

/**
 * What a sweep says of each target in words: the cell with the least mean of the forward
 * divergence, the cells that cannot be told apart from it, and how much worse the others are. Two
 * cells are told apart if the paired t-test on their seeds (or Welch's), with Holm's adjustment
 * over the target's comparisons, has p below {@value #LEVEL}.
 */
public final class Headline {
  /** The conventional level of significance; the page's script uses the same. */
  private static final double LEVEL = 0.05;

  /** Cells that a sentence names; chosen by judgement: more would make it too long to read. */
  private static final int MAX_NAMED = 6;

  private static final String MEANS =
      """
      SELECT * FROM summary WHERE metric = '%s' AND mean IS NOT NULL ORDER BY target, mean
      """
          .formatted(KL_FORWARD);

  private static final String PAIRS =
      "SELECT * FROM comparisons WHERE metric = '%s'".formatted(KL_FORWARD);

  private final List<SummaryRow> means;
  private final List<ComparisonRow> pairs;

  private Headline(List<SummaryRow> means, List<ComparisonRow> pairs) {
    this.means = means;
    this.pairs = pairs;
  }

  /** Returns sentences, one or more for each target that was measured. */
  public static List<String> of(SweepQueries sweep) {
    Headline headline =
        new Headline(sweep.query(MEANS, SummaryRow.class), sweep.query(PAIRS, ComparisonRow.class));
    List<String> sentences = new ArrayList<>();
    sweep.byTarget().forEach((target, cells) -> headline.add(target, cells, sentences));
    return sentences;
  }

  private void add(String target, List<GridCell> cells, List<String> onto) {
    List<SummaryRow> ranked = means.stream().filter(row -> row.target().equals(target)).toList();
    if (ranked.isEmpty()) {
      return;
    }
    Map<String, String> labels = new HashMap<>();
    cells.forEach(cell -> labels.put(cell.configHash(), cell.labelInTarget()));
    SummaryRow best = ranked.get(0);
    onto.add(
        "%s: %s has the least divergence, KL_h %s nats%s; the floor is %s."
            .formatted(
                target,
                labels.get(best.configHash()),
                ShortNumbers.of(best.mean()),
                confidence(best),
                ShortNumbers.of(best.floor() == null ? Double.NaN : best.floor())));
    if (ranked.size() > 1) {
      onto.add(others(best, ranked.subList(1, ranked.size()), labels));
    }
  }

  private static String confidence(SummaryRow cell) {
    return cell.ciLow() == null
        ? " (%d run)".formatted(cell.runs())
        : " (95%% interval %s to %s, n = %d runs)"
            .formatted(ShortNumbers.of(cell.ciLow()), ShortNumbers.of(cell.ciHigh()), cell.runs());
  }

  private String others(SummaryRow best, List<SummaryRow> rest, Map<String, String> labels) {
    List<String> alike = new ArrayList<>();
    List<String> worse = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (SummaryRow cell : rest) {
      String label = labels.get(cell.configHash());
      Optional<ComparisonRow> tested =
          pair(best.configHash(), cell.configHash()).filter(pair -> pair.pAdjusted() != null);
      if (tested.isEmpty()) {
        unknown.add(label);
      } else if (tested.get().pAdjusted() >= LEVEL) {
        alike.add(label);
      } else {
        worse.add(worse(label, tested.get()));
      }
    }
    List<String> clauses = new ArrayList<>();
    addClause("Cannot be told apart from it at the 5% level: ", alike, clauses);
    addClause("Worse, in nats: ", worse, clauses);
    addClause(
        "Not comparable with it (fewer than two seeds, or more than one difference): ",
        unknown,
        clauses);
    return String.join(" ", clauses);
  }

  private static String worse(String label, ComparisonRow pair) {
    double p = pair.pAdjusted();
    return "%s by %s (p = %s)"
        .formatted(
            label,
            ShortNumbers.of(Math.abs(pair.difference())),
            p < 0.001 ? "0.001 or less" : ShortNumbers.of(p));
  }

  private static void addClause(String start, List<String> labels, List<String> onto) {
    if (!labels.isEmpty()) {
      List<String> named = labels.subList(0, Math.min(MAX_NAMED, labels.size()));
      int left = labels.size() - named.size();
      onto.add(start + String.join("; ", named) + (left > 0 ? "; and " + left + " more." : "."));
    }
  }

  private Optional<ComparisonRow> pair(String a, String b) {
    return pairs.stream()
        .filter(
            pair ->
                pair.configHashA().equals(a) && pair.configHashB().equals(b)
                    || pair.configHashA().equals(b) && pair.configHashB().equals(a))
        .findFirst();
  }
}
