package org.latentsweep.cell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.SortedMap;
import java.util.TreeMap;

/** A run's configuration without its blocks: what compares and lists hyperparameters reads. */
public final class FlatConfig {
  private FlatConfig() {}

  /**
   * The leaves of a configuration by their paths, such as {@code generator.widths}.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static SortedMap<String, JsonNode> of(String json) {
    SortedMap<String, JsonNode> leaves = new TreeMap<>();
    try {
      add(leaves, "", new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot read a configuration: " + e.getMessage(), e);
    }
    return leaves;
  }

  private static void add(SortedMap<String, JsonNode> leaves, String prefix, JsonNode object) {
    for (var field : object.properties()) {
      String path = prefix + field.getKey();
      if (field.getValue().isObject()) {
        add(leaves, path + ".", field.getValue());
      } else {
        leaves.put(path, field.getValue());
      }
    }
  }

  /** A leaf as people write it: texts without their quotes. */
  public static String text(JsonNode leaf) {
    return leaf.isTextual() ? leaf.asText() : leaf.toString();
  }
}
