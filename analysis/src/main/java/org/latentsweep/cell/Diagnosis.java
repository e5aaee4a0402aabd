package org.latentsweep.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentsweep.metric.SeedSummary;
import org.latentsweep.target.Targets;

/**
 * What the numbers of a grid cell mean, in one line for people, such as <i>covers 6 of 8 modes (5.8
 * to 6.3), 3% stray; map torn in 4% of the latent square; KL_h 0.21 forward (missing mass), 0.05
 * reverse; 1 of 10 runs diverged</i>. Numbers are means over seeds, and what was not measured is
 * not mentioned.
 */
final class Diagnosis {
  /** How much larger one direction of a divergence must be to be what is wrong. */
  private static final double LOPSIDED = 2;

  /** Nats below which neither direction is wrong. */
  private static final double NEGLIGIBLE = 0.01;

  /** A ratio of mode weights that finite samples do not explain. */
  private static final double UNBALANCED = 1.25;

  /** How far a ratio may be from 1 before it is mentioned. */
  private static final double TOLERATED = 1.1;

  private final GridCell cell;
  private final int modes;

  private Diagnosis(GridCell cell) {
    this.cell = cell;
    this.modes = Targets.named(cell.target()).modes().size();
  }

  /** The line; empty where there is nothing to say. */
  static Optional<String> of(GridCell cell) {
    Diagnosis diagnosis = new Diagnosis(cell);
    String line =
        Stream.of(
                diagnosis.samples(), diagnosis.map(), diagnosis.divergence(), diagnosis.outcomes())
            .filter(clauses -> !clauses.isEmpty())
            .map(clauses -> String.join(", ", clauses))
            .collect(Collectors.joining("; "));
    return line.isEmpty() ? Optional.empty() : Optional.of(line);
  }

  private List<String> samples() {
    List<String> clauses = new ArrayList<>();
    if (modes > 0 && cell.metrics().containsKey("modes_covered")) {
      mention("modes_covered", this::modesCovered, clauses);
    } else {
      mention("coverage", s -> "covers " + percent(s.mean()) + " of the target", clauses);
    }
    mention("mode_weight_max_ratio", this::imbalance, clauses);
    mention("mode_sd_ratio", s -> ratio(s, "modes %s times as wide as they should be"), clauses);
    mention("stray", s -> share(s, "%s stray"), clauses);
    return clauses;
  }

  private String modesCovered(SeedSummary seeds) {
    String low = count(seeds.ciLow());
    String high = count(seeds.ciHigh());
    boolean known = seeds.standardDeviation() > 0 && !low.equals(high);
    String interval = known ? " (%s to %s)".formatted(low, high) : "";
    return "covers %s of %d modes%s".formatted(count(seeds.mean()), modes, interval);
  }

  /** Infinite where a mode is missed, which is said already. */
  private String imbalance(SeedSummary heaviestOverLightest) {
    double ratio = heaviestOverLightest.mean();
    return ratio > UNBALANCED && Double.isFinite(ratio)
        ? "heaviest mode %s times the lightest".formatted(number(ratio))
        : "";
  }

  /** A number of modes, within what there can be. */
  private String count(double number) {
    return decimals(1, Math.max(0, Math.min(modes, number))).replaceFirst("[.]0$", "");
  }

  private List<String> map() {
    String latents = cell.latentDimension() == 2 ? "latent square" : "latent space";
    List<String> harms = new ArrayList<>();
    mention("tear", s -> share(s, "torn in %s"), harms);
    mention("fold", s -> share(s, "folded in %s"), harms);
    List<String> clauses = new ArrayList<>();
    if (!harms.isEmpty()) {
      clauses.add("map %s of the %s".formatted(String.join(" and ", harms), latents));
    }
    mention("thinness", Diagnosis::thickness, clauses);
    mention(
        "neighbour_preservation",
        s -> "keeps " + percent(s.mean()) + " of the latent neighbours",
        clauses);
    return clauses;
  }

  private static String thickness(SeedSummary thinness) {
    return thinness.mean() == 0 ? "a curve" : ratio(thinness, "%s times as thick as the target");
  }

  private List<String> divergence() {
    List<String> clauses = new ArrayList<>();
    mention("kl_forward", s -> "KL_h " + number(s.mean()) + " forward", clauses);
    mention("kl_reverse", s -> number(s.mean()) + " reverse", clauses);
    if (clauses.size() < 2) {
      return List.of();
    }
    double forward = mean("kl_forward");
    double reverse = mean("kl_reverse");
    if (forward > NEGLIGIBLE && forward > LOPSIDED * reverse) {
      clauses.set(0, clauses.get(0) + " (missing mass)");
    } else if (reverse > NEGLIGIBLE && reverse > LOPSIDED * forward) {
      clauses.set(1, clauses.get(1) + " (stray mass)");
    }
    return clauses;
  }

  private List<String> outcomes() {
    List<String> clauses = new ArrayList<>();
    String all = " of %d runs".formatted(cell.runs());
    if (cell.diverged() > 0) {
      clauses.add(cell.diverged() + all + " diverged");
    }
    if (cell.failed() > 0) {
      clauses.add(cell.failed() + (clauses.isEmpty() ? all : "") + " failed");
    }
    return clauses;
  }

  /** Adds what a rule says of a metric that was measured, unless that is nothing. */
  private void mention(String metric, Function<SeedSummary, String> rule, List<String> onto) {
    GridCell.Values values = cell.metrics().get(metric);
    if (values != null) {
      String clause = rule.apply(values.summary());
      if (!clause.isEmpty()) {
        onto.add(clause);
      }
    }
  }

  /** Nothing where it is none. */
  private static String share(SeedSummary seeds, String clause) {
    String percent = percent(seeds.mean());
    return percent.equals("0%") ? "" : clause.formatted(percent);
  }

  private static String ratio(SeedSummary seeds, String clause) {
    boolean near = seeds.mean() <= TOLERATED && seeds.mean() >= 1 / TOLERATED;
    return near ? "" : clause.formatted(number(seeds.mean()));
  }

  private double mean(String metric) {
    return cell.metrics().get(metric).summary().mean();
  }

  /** Two decimals below 10, one above. */
  private static String number(double number) {
    return Double.isInfinite(number) ? "infinite" : decimals(Math.abs(number) < 10 ? 2 : 1, number);
  }

  /** Whole, but for one decimal within 1% of either end. */
  private static String percent(double share) {
    double percent = 100 * share;
    boolean whole = percent >= 1 && percent <= 99;
    return decimals(whole ? 0 : 1, percent).replaceFirst("[.]0$", "") + "%";
  }

  private static String decimals(int decimals, double number) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", number);
    return text.matches("-0[.]?0*") ? text.substring(1) : text;
  }
}
