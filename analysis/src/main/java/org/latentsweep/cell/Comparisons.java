package org.latentsweep.cell;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latentsweep.metric.Holm;
import org.latentsweep.metric.Improvement;
import org.latentsweep.metric.LogVariance;
import org.latentsweep.metric.SeedComparison;
import org.latentsweep.table.ComparisonRow;

/**
 * The {@code comparisons} table: each metric in cells of the grid that share the target and differ
 * in exactly one hyperparameter, so that nothing else can explain the difference.
 */
final class Comparisons {
  /** Keys of a configuration that are not compared: the seed, and the target, which cells share. */
  private static final Set<String> NOT_COMPARED = Set.of("seed", "target");

  /** Keys of a configuration on which the initial weights depend, besides the seed. */
  private static final Set<String> SHAPES =
      Set.of(
          "latent_dim",
          "noise",
          "generator.widths",
          "generator.activation",
          "generator.output",
          "discriminator.widths",
          "discriminator.activation",
          "discriminator.output");

  private static final Comparator<MeasuredCell> ORDER =
      Comparator.<MeasuredCell>comparingInt(measured -> measured.cell().latentDimension())
          .thenComparing(measured -> measured.cell().configHash());

  private Comparisons() {}

  /** Returns the rows of the table, by target, metric and hyperparameter. */
  static List<ComparisonRow> of(List<MeasuredCell> cells) {
    Map<String, List<MeasuredCell>> targets =
        cells.stream()
            .sorted(ORDER)
            .collect(
                Collectors.groupingBy(
                    measured -> measured.cell().target(), TreeMap::new, Collectors.toList()));
    List<ComparisonRow> rows = new ArrayList<>();
    for (List<MeasuredCell> ofTarget : targets.values()) {
      List<Pair> pairs = pairs(ofTarget);
      for (String metric : metrics(ofTarget)) {
        rows.addAll(rows(metric, ofTarget, pairs));
      }
    }
    return rows;
  }

  private static Set<String> metrics(List<MeasuredCell> cells) {
    return cells.stream()
        .flatMap(cell -> cell.metrics().keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Two cells that differ in one hyperparameter.
   *
   * @param differs the hyperparameter's key, such as {@code generator.learning_rate}
   * @param a the cell with the smaller value
   * @param b the other cell
   */
  private record Pair(String differs, Valued a, Valued b) {}

  /** A cell with its value of the hyperparameter. */
  private record Valued(JsonNode value, MeasuredCell measured) {
    GridCell cell() {
      return measured.cell();
    }

    String text() {
      return FlatConfig.text(value);
    }
  }

  /** Cells that agree in all other hyperparameters are in one group. */
  private static List<Pair> pairs(List<MeasuredCell> cells) {
    Map<String, Map<Map<String, JsonNode>, List<Valued>>> groups = new TreeMap<>();
    for (MeasuredCell cell : cells) {
      Map<String, JsonNode> config = compared(cell.cell());
      config.forEach(
          (key, value) -> {
            Map<String, JsonNode> others = new TreeMap<>(config);
            others.remove(key);
            groups
                .computeIfAbsent(key, k -> new LinkedHashMap<>())
                .computeIfAbsent(others, o -> new ArrayList<>())
                .add(new Valued(value, cell));
          });
    }
    List<Pair> pairs = new ArrayList<>();
    groups.forEach((key, byOthers) -> addPairs(key, byOthers.values(), pairs));
    return pairs;
  }

  private static void addPairs(String key, Collection<List<Valued>> groups, List<Pair> onto) {
    for (List<Valued> group : groups) {
      List<Valued> ascending =
          group.stream().sorted(Comparator.comparing(Valued::text, Variants.ORDER)).toList();
      for (int i = 0; i < ascending.size(); i++) {
        for (int j = i + 1; j < ascending.size(); j++) {
          onto.add(new Pair(key, ascending.get(i), ascending.get(j)));
        }
      }
    }
  }

  private static Map<String, JsonNode> compared(GridCell cell) {
    return compared(cell.config());
  }

  /** Returns the hyperparameters of a configuration in which cells of a target can differ. */
  static Map<String, JsonNode> compared(String config) {
    Map<String, JsonNode> hyperparameters = FlatConfig.of(config);
    hyperparameters.keySet().removeAll(NOT_COMPARED);
    return hyperparameters;
  }

  private record Compared(Pair pair, SeedComparison result) {}

  private static List<ComparisonRow> rows(
      String metric, List<MeasuredCell> cells, List<Pair> pairs) {
    Optional<LogVariance> common =
        LogVariance.common(cells.stream().map(cell -> cell.logs(metric)).toList());
    List<Compared> compared = new ArrayList<>();
    for (Pair pair : pairs) {
      compare(metric, pair, common).ifPresent(result -> compared.add(new Compared(pair, result)));
    }
    double[] adjusted = Holm.adjust(compared.stream().mapToDouble(c -> c.result.p()).toArray());
    List<ComparisonRow> rows = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      rows.add(row(metric, compared.get(i).pair, compared.get(i).result, adjusted[i]));
    }
    return rows;
  }

  private static Optional<SeedComparison> compare(
      String metric, Pair pair, Optional<LogVariance> common) {
    return SeedComparison.of(
        pair.a.measured.counted(metric).bySeed(),
        pair.b.measured.counted(metric).bySeed(),
        shareWeights(pair),
        common);
  }

  /** Runs of the same seed start from the same weights if these have the same shapes. */
  private static boolean shareWeights(Pair pair) {
    return !SHAPES.contains(pair.differs);
  }

  private static Improvement improvement(String metric, Pair pair) {
    return Improvement.of(losses(metric, pair.a.measured), losses(metric, pair.b.measured));
  }

  /** Returns numbers of which less is better. */
  private static double[] losses(String metric, MeasuredCell cell) {
    double[] values = cell.all(metric);
    return MoreIsBetter.of(metric) ? Arrays.stream(values).map(v -> -v).toArray() : values;
  }

  private static ComparisonRow row(
      String metric, Pair pair, SeedComparison result, double adjusted) {
    Improvement improvement = improvement(metric, pair);
    return new ComparisonRow(
        pair.a.cell().target(),
        metric,
        pair.differs,
        pair.a.text(),
        pair.b.text(),
        pair.a.cell().configHash(),
        pair.b.cell().configHash(),
        result.test(),
        result.countA(),
        result.countB(),
        orNull(result.difference()),
        orNull(result.ciLow()),
        orNull(result.ciHigh()),
        orNull(result.ratio()),
        orNull(result.ratioLow()),
        orNull(result.ratioHigh()),
        improvement.probability(),
        improvement.low(),
        improvement.high(),
        orNull(result.p()),
        orNull(adjusted));
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
