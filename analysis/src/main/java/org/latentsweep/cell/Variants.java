package org.latentsweep.cell;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names the grid cells of one target by the hyperparameters besides k in which they differ, such as
 * {@code batch = 64, generator.widths = [32,32]}.
 */
final class Variants {
  /** The order of texts in which numbers count by their value, so that 64 comes before 256. */
  public static final Comparator<String> ORDER = Variants::compare;

  /** Keys that are not part of a variant: labels have the first two, and a cell has all seeds. */
  private static final Set<String> LEFT_OUT = Set.of("target", "latent_dim", "seed");

  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?(E-?\\d+)?");

  private Variants() {}

  /**
   * Returns the variant of each cell, empty if all cells agree.
   *
   * @param configs the flat configurations of the cells of one target
   * @param <C> stands for a cell
   */
  public static <C> Map<C, String> of(Map<C, SortedMap<String, JsonNode>> configs) {
    Map<String, Set<JsonNode>> values = new HashMap<>();
    for (Map<String, JsonNode> config : configs.values()) {
      config.forEach((key, value) -> values.computeIfAbsent(key, k -> new HashSet<>()).add(value));
    }
    values.keySet().removeAll(LEFT_OUT);
    Map<C, String> variants = new HashMap<>();
    configs.forEach(
        (cell, config) ->
            variants.put(
                cell,
                config.entrySet().stream()
                    .filter(leaf -> values.getOrDefault(leaf.getKey(), Set.of()).size() > 1)
                    .map(leaf -> leaf.getKey() + " = " + FlatConfig.text(leaf.getValue()))
                    .collect(Collectors.joining(", "))));
    return variants;
  }

  private static int compare(String a, String b) {
    Matcher numbersOfA = NUMBER.matcher(a);
    Matcher numbersOfB = NUMBER.matcher(b);
    int from = 0; // where the part of a begins that is not compared yet
    int fromB = 0;
    while (numbersOfA.find() && numbersOfB.find()) {
      int words =
          a.substring(from, numbersOfA.start()).compareTo(b.substring(fromB, numbersOfB.start()));
      int numbers =
          Double.compare(
              Double.parseDouble(numbersOfA.group()), Double.parseDouble(numbersOfB.group()));
      if (words != 0 || numbers != 0) {
        return words != 0 ? words : numbers;
      }
      from = numbersOfA.end();
      fromB = numbersOfB.end();
    }
    return a.compareTo(b);
  }
}
