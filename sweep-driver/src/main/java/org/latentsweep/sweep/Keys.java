package org.latentsweep.sweep;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys that the file of a sweep may have. */
final class Keys {
  /** The networks of a run, each a block with its own keys. */
  static final List<String> NETWORKS = List.of("generator", "discriminator");

  /**
   * The hyperparameters, which may be given in {@code run} and as axes, in the order in which the
   * grid is expanded.
   */
  static final List<String> HYPERPARAMETERS =
      List.of(
          "noise",
          "loss",
          "steps",
          "batch",
          "generator.widths",
          "generator.width",
          "generator.depth",
          "generator.activation",
          "generator.slope",
          "generator.output",
          "generator.learning-rate",
          "generator.beta1",
          "generator.beta2",
          "generator.epsilon",
          "discriminator.widths",
          "discriminator.width",
          "discriminator.depth",
          "discriminator.activation",
          "discriminator.slope",
          "discriminator.learning-rate",
          "discriminator.beta1",
          "discriminator.beta2",
          "discriminator.epsilon");

  /** The keys that may be axes, in the order in which the grid is expanded. */
  static final List<String> AXES =
      Stream.of(List.of("target", "latent-dim"), HYPERPARAMETERS, List.of("seed"))
          .flatMap(List::stream)
          .toList();

  /** The keys with whole numbers, for which a range {@code a..b} stands for several values. */
  static final Set<String> WHOLE =
      Set.of(
          "latent-dim",
          "seed",
          "steps",
          "batch",
          "generator.width",
          "generator.depth",
          "discriminator.width",
          "discriminator.depth");

  private static final Set<String> LISTS = Set.of("metrics", "bandwidths");

  private static final int MAX_MISSPELT = 100; // characters; longer than every known key

  private static final Set<String> LEAVES =
      Stream.of(
              Stream.of("name", "output", "samples", "metrics", "bandwidths", "backend"),
              Stream.of("snapshots.every", "snapshots.samples", "snapshots.score"),
              Stream.of("checkpoint.every"),
              AXES.stream().map(key -> "axes." + key),
              HYPERPARAMETERS.stream().map(key -> "run." + key))
          .flatMap(keys -> keys)
          .collect(Collectors.toCollection(LinkedHashSet::new));

  private static final Set<String> BLOCKS = blocks();

  private Keys() {}

  private static Set<String> blocks() {
    Set<String> blocks = new TreeSet<>();
    for (String leaf : LEAVES) {
      for (int dot = leaf.indexOf('.'); dot > 0; dot = leaf.indexOf('.', dot + 1)) {
        blocks.add(leaf.substring(0, dot));
      }
    }
    return blocks;
  }

  /** Returns whether a key, known or not, takes a list. */
  static boolean takesList(String key) {
    return key.startsWith("axes.") || key.endsWith("widths") || LISTS.contains(key);
  }

  /** Returns the known keys of an object and their values; null counts as not given. */
  static Map<String, ConfigValue> flatten(ConfigObject root, Problems problems) {
    Map<String, ConfigValue> values = new LinkedHashMap<>();
    flatten("", root, values, problems);
    return values;
  }

  private static void flatten(
      String prefix, ConfigObject block, Map<String, ConfigValue> values, Problems problems) {
    new TreeMap<>(block)
        .forEach(
            (key, value) -> {
              String path = prefix + ConfigUtil.joinPath(key);
              if (value.valueType() == ConfigValueType.NULL) {
                return;
              }
              if (LEAVES.contains(path)) {
                values.put(path, value);
              } else if (!BLOCKS.contains(path)) {
                problems.add(path, value, "unknown key; " + suggestion(path));
              } else if (value instanceof ConfigObject object) {
                flatten(path + ".", object, values, problems);
              } else {
                problems.add(path, value, "must be a block with keys " + children(path + "."));
              }
            });
  }

  /** Returns which keys may have been meant by an unknown one. */
  private static String suggestion(String path) {
    List<String> near = near(path);
    if (!near.isEmpty()) {
      return "did you mean " + String.join(" or ", near) + "?";
    }
    String block = path.substring(0, path.lastIndexOf('.') + 1);
    return "there are " + children(block);
  }

  /** Returns the known keys with the same last part or, if there is none, the closest spelling. */
  private static List<String> near(String path) {
    if (path.length() > MAX_MISSPELT) {
      return List.of();
    }
    if (last(path).equals("k")) { // as the tables of results call it
      return List.of("axes.latent-dim");
    }
    String first = path.substring(0, Math.max(0, path.indexOf('.')) + 1);
    List<String> sameLast = new ArrayList<>();
    for (String key : LEAVES) {
      if (last(key).equals(last(path))) {
        sameLast.add(key);
      }
    }
    List<String> sameEnds = sameLast.stream().filter(key -> key.startsWith(first)).toList();
    if (!sameLast.isEmpty()) {
      return sameEnds.isEmpty() ? sameLast : sameEnds;
    }
    return Stream.concat(LEAVES.stream(), BLOCKS.stream())
        .filter(key -> distance(key, path) <= Math.max(2, last(path).length() / 3))
        .min(Comparator.comparingInt(key -> distance(key, path)))
        .map(List::of)
        .orElse(List.of());
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Returns the next parts of the known keys with this prefix. */
  private static String children(String prefix) {
    return LEAVES.stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()).replaceFirst("\\..*", ""))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Returns the Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
