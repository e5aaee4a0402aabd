package org.latentsweep.cell;

import static org.latentsweep.coverage.CoverageMetrics.STRAY;
import static org.latentsweep.coverage.ModeMetrics.MODES_COVERED;
import static org.latentsweep.coverage.ModeMetrics.MODE_SD_RATIO;
import static org.latentsweep.coverage.ModeMetrics.MODE_WEIGHT_MAX_RATIO;
import static org.latentsweep.coverage.PrecisionRecall.COVERAGE;
import static org.latentsweep.divergence.SmoothedDivergences.KL_FORWARD;
import static org.latentsweep.divergence.SmoothedDivergences.KL_REVERSE;
import static org.latentsweep.mapping.MappingMetrics.FOLD;
import static org.latentsweep.mapping.MappingMetrics.NEIGHBOUR_PRESERVATION;
import static org.latentsweep.mapping.MappingMetrics.RELATIVE_WIDTH;
import static org.latentsweep.mapping.MappingMetrics.TEAR;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentsweep.metric.MedianOverSeeds;
import org.latentsweep.target.Targets;

/**
 * Says in one line what the numbers of a grid cell mean, such as <i>covers 6 of 8 modes (5 to 7),
 * 3% stray; map torn in 4% of the latent square; KL_h 0.21 forward (missing mass), 0.05 reverse; 1
 * of 10 runs diverged</i>. Numbers are medians over the runs that completed. Metrics that were not
 * measured are not mentioned.
 */
final class Diagnosis {
  /**
   * If one direction of the divergence is more than this many times the other, the line names what
   * is wrong: missing mass if the forward one is larger, stray mass if the reverse one is. Chosen
   * by judgement.
   */
  private static final double LOPSIDED = 2;

  /**
   * Below this many nats, a direction of the divergence is never called wrong, however small the
   * other one is. Chosen by judgement.
   */
  private static final double NEGLIGIBLE = 0.01;

  /**
   * The heaviest mode is mentioned if it has more than this many times the samples of the lightest.
   * Chosen by judgement: modes of equal weight give a ratio somewhat above 1, since it compares the
   * largest count with the smallest.
   */
  private static final double UNBALANCED = 1.25;

  /**
   * A ratio to the target is mentioned if it is above this number or below its inverse. Chosen by
   * judgement.
   */
  private static final double TOLERATED = 1.1;

  private final MeasuredCell measured;
  private final GridCell cell;
  private final int modes;

  private Diagnosis(MeasuredCell measured) {
    this.measured = measured;
    this.cell = measured.cell();
    this.modes = Targets.named(cell.target()).modes().size();
  }

  /** Returns the line; empty if there is nothing to say. */
  static Optional<String> of(MeasuredCell cell) {
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
    if (modes > 0 && measured.metrics().containsKey(MODES_COVERED)) {
      mention(MODES_COVERED, this::modesCovered, clauses);
    } else {
      mention(COVERAGE, this::covered, clauses);
    }
    mention(MODE_WEIGHT_MAX_RATIO, this::imbalance, clauses);
    mention(MODE_SD_RATIO, s -> ratio(s, "modes %s times as wide as they should be"), clauses);
    mention(STRAY, this::stray, clauses);
    return clauses;
  }

  /** Compares with the floor, because samples of the target do not cover all of it either. */
  private String covered(MedianOverSeeds seeds) {
    if (isAsTarget(COVERAGE, seeds)) {
      return "covers the target as its own samples do";
    }
    String share = String.format(Locale.ROOT, "covers %s of the target", percent(seeds.value()));
    return floor(COVERAGE)
        .map(floor -> String.format(Locale.ROOT, "%s (its own samples: %s)", share, percent(floor)))
        .orElse(share);
  }

  /** Tells the floor only where samples of the target miss modes too. */
  private String modesCovered(MedianOverSeeds seeds) {
    String low = count(seeds.low());
    String high = count(seeds.high());
    List<String> remarks = new ArrayList<>();
    if (seeds.runs() > 1 && !low.equals(high)) {
      remarks.add(String.format(Locale.ROOT, "%s to %s", low, high));
    }
    floor(MODES_COVERED)
        .map(this::count)
        .filter(ofTarget -> !ofTarget.equals(count(modes)))
        .ifPresent(ofTarget -> remarks.add("the target's own samples: " + ofTarget));
    String covered =
        String.format(Locale.ROOT, "covers %s of %d modes", count(seeds.value()), modes);
    return remarks.isEmpty()
        ? covered
        : String.format(Locale.ROOT, "%s (%s)", covered, String.join("; ", remarks));
  }

  private String stray(MedianOverSeeds seeds) {
    String clause = isAsTarget(STRAY, seeds) ? "" : share(seeds, "%s stray");
    String ofTarget = floor(STRAY).map(Diagnosis::percent).orElse("0%");
    return clause.isEmpty() || ofTarget.equals("0%")
        ? clause
        : String.format(Locale.ROOT, "%s (the target's own samples: %s)", clause, ofTarget);
  }

  private Optional<Double> floor(String metric) {
    return measured.metrics().get(metric).floor();
  }

  /**
   * Returns whether a share is no worse than that of the target's own samples, for all that the
   * seeds can tell: whether the better end of the median's interval reaches the floor.
   */
  private boolean isAsTarget(String metric, MedianOverSeeds seeds) {
    boolean more = MoreIsBetter.of(metric);
    double end = seeds.runs() == 1 ? seeds.value() : more ? seeds.high() : seeds.low();
    return floor(metric)
        .filter(
            floor -> (more ? end >= floor : end <= floor) || percent(end).equals(percent(floor)))
        .isPresent();
  }

  /** The ratio is infinite if a mode is missed, which another clause says already. */
  private String imbalance(MedianOverSeeds heaviestOverLightest) {
    double ratio = heaviestOverLightest.value();
    return ratio > UNBALANCED && Double.isFinite(ratio)
        ? String.format(Locale.ROOT, "heaviest mode %s times the lightest", number(ratio))
        : "";
  }

  /** Writes a number of modes, clamped to the numbers that are possible. */
  private String count(double number) {
    return decimals(1, Math.max(0, Math.min(modes, number))).replaceFirst("[.]0$", "");
  }

  private List<String> map() {
    String latents = cell.latentDimension() == 2 ? "latent square" : "latent space";
    List<String> harms = new ArrayList<>();
    mention(TEAR, s -> share(s, "torn in %s"), harms);
    mention(FOLD, s -> share(s, "folded in %s"), harms);
    List<String> clauses = new ArrayList<>();
    if (!harms.isEmpty()) {
      clauses.add(
          String.format(Locale.ROOT, "map %s of the %s", String.join(" and ", harms), latents));
    }
    mention(RELATIVE_WIDTH, Diagnosis::width, clauses);
    mention(
        NEIGHBOUR_PRESERVATION,
        s -> "keeps " + percent(s.value()) + " of the latent neighbours",
        clauses);
    return clauses;
  }

  private static String width(MedianOverSeeds width) {
    return width.value() == 0 ? "a curve" : ratio(width, "%s times as thick as the target");
  }

  private List<String> divergence() {
    List<String> clauses = new ArrayList<>();
    mention(KL_FORWARD, s -> "KL_h " + number(s.value()) + " forward", clauses);
    mention(KL_REVERSE, s -> number(s.value()) + " reverse", clauses);
    if (clauses.size() < 2) {
      return List.of();
    }
    double forward = median(KL_FORWARD).value();
    double reverse = median(KL_REVERSE).value();
    if (forward > NEGLIGIBLE && forward > LOPSIDED * reverse) {
      clauses.set(0, clauses.get(0) + " (missing mass)");
    } else if (reverse > NEGLIGIBLE && reverse > LOPSIDED * forward) {
      clauses.set(1, clauses.get(1) + " (stray mass)");
    }
    return clauses;
  }

  private List<String> outcomes() {
    List<String> clauses = new ArrayList<>();
    String all = String.format(Locale.ROOT, " of %d runs", cell.runs());
    if (cell.diverged() > 0) {
      clauses.add(cell.diverged() + all + " diverged");
    }
    if (cell.failed() > 0) {
      clauses.add(cell.failed() + (clauses.isEmpty() ? all : "") + " failed");
    }
    return clauses;
  }

  /** Adds the clause that a rule makes of a metric that was measured, unless it is empty. */
  private void mention(String metric, Function<MedianOverSeeds, String> rule, List<String> onto) {
    if (measured.metrics().containsKey(metric)) {
      String clause = rule.apply(median(metric));
      if (!clause.isEmpty()) {
        onto.add(clause);
      }
    }
  }

  /** Returns an empty clause for a share that rounds to 0%. */
  private static String share(MedianOverSeeds seeds, String clause) {
    String percent = percent(seeds.value());
    return percent.equals("0%") ? "" : String.format(Locale.ROOT, clause, percent);
  }

  private static String ratio(MedianOverSeeds seeds, String clause) {
    boolean near = seeds.value() <= TOLERATED && seeds.value() >= 1 / TOLERATED;
    return near ? "" : String.format(Locale.ROOT, clause, number(seeds.value()));
  }

  private MedianOverSeeds median(String metric) {
    return MedianOverSeeds.of(measured.metrics().get(metric).sorted());
  }

  /** Writes two decimals below 10 and one above. */
  private static String number(double number) {
    return Double.isInfinite(number) ? "infinite" : decimals(Math.abs(number) < 10 ? 2 : 1, number);
  }

  /** Writes a whole percentage, or one decimal below 1% and above 99%. */
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
