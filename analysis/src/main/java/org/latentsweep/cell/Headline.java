package org.latentsweep.cell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sweep says of each target in words: the cell of least mean KL_h forward, which cells
 * cannot be told apart from it, and which are worse by how much. Two cells are told apart where the
 * paired t-test on their seeds (or Welch's), with Holm's adjustment over the target's comparisons,
 * has p below {@value #LEVEL}.
 */
public final class Headline {
  private static final double LEVEL = 0.05;
  private static final int MOST_NAMED = 6;

  private static final String MEANS =
      """
      SELECT target, config_hash, mean, ci_low, ci_high, floor, runs FROM summary
      WHERE metric = 'kl_forward' AND mean IS NOT NULL ORDER BY target, mean
      """;

  private static final String PAIRS =
      """
      SELECT target, config_hash_a, config_hash_b, difference, ci_low, ci_high, p_adjusted
      FROM comparisons WHERE metric = 'kl_forward'
      """;

  private final ReportTable means;
  private final ReportTable pairs;

  private Headline(ReportTable means, ReportTable pairs) {
    this.means = means;
    this.pairs = pairs;
  }

  /** Sentences, one or more for each target that was measured. */
  public static List<String> of(SweepTables sweep) {
    Headline headline = new Headline(sweep.query(MEANS), sweep.query(PAIRS));
    List<String> sentences = new ArrayList<>();
    sweep.byTarget().forEach((target, cells) -> headline.add(target, cells, sentences));
    return sentences;
  }

  private void add(String target, List<Cell> cells, List<String> onto) {
    List<List<Object>> ranked =
        means.rows().stream()
            .filter(row -> means.text(row, "target").equals(target))
            .sorted(Comparator.comparingDouble(row -> means.number(row, "mean")))
            .toList();
    if (ranked.isEmpty()) {
      return;
    }
    Map<String, String> labels = new HashMap<>();
    cells.forEach(cell -> labels.put(cell.configHash(), cell.labelInTarget()));
    List<Object> best = ranked.get(0);
    onto.add(
        "%s: %s has the least divergence, KL_h %s nats%s; the floor is %s."
            .formatted(
                target,
                labels.get(means.text(best, "config_hash")),
                ShortNumbers.of(means.number(best, "mean")),
                confidence(best),
                ShortNumbers.of(means.number(best, "floor"))));
    if (ranked.size() > 1) {
      onto.add(others(best, ranked.subList(1, ranked.size()), labels));
    }
  }

  private String confidence(List<Object> cell) {
    double low = means.number(cell, "ci_low");
    int runs = means.whole(cell, "runs");
    return Double.isNaN(low)
        ? " (%d run)".formatted(runs)
        : " (95%% interval %s to %s, n = %d runs)"
            .formatted(ShortNumbers.of(low), ShortNumbers.of(means.number(cell, "ci_high")), runs);
  }

  private String others(List<Object> best, List<List<Object>> rest, Map<String, String> labels) {
    List<String> alike = new ArrayList<>();
    List<String> worse = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (List<Object> cell : rest) {
      String hash = means.text(cell, "config_hash");
      List<Object> pair = pair(means.text(best, "config_hash"), hash);
      double p = pair == null ? Double.NaN : pairs.number(pair, "p_adjusted");
      if (Double.isNaN(p)) {
        unknown.add(labels.get(hash));
      } else if (p >= LEVEL) {
        alike.add(labels.get(hash));
      } else {
        worse.add(
            "%s by %s (p = %s)"
                .formatted(
                    labels.get(hash),
                    ShortNumbers.of(Math.abs(pairs.number(pair, "difference"))),
                    p < 0.001 ? "0.001 or less" : ShortNumbers.of(p)));
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

  private static void addClause(String start, List<String> labels, List<String> onto) {
    if (!labels.isEmpty()) {
      List<String> named = labels.subList(0, Math.min(MOST_NAMED, labels.size()));
      int left = labels.size() - named.size();
      onto.add(start + String.join("; ", named) + (left > 0 ? "; and " + left + " more." : "."));
    }
  }

  private List<Object> pair(String a, String b) {
    for (List<Object> pair : pairs.rows()) {
      String first = pairs.text(pair, "config_hash_a");
      String second = pairs.text(pair, "config_hash_b");
      if (first.equals(a) && second.equals(b) || first.equals(b) && second.equals(a)) {
        return pair;
      }
    }
    return null;
  }
}
