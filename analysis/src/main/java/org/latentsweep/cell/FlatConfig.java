package org.latentsweep.cell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a run's configuration as a flat list of hyperparameters. */
public final class FlatConfig {
  private FlatConfig() {}

  /**
   * Returns the values of a configuration by their keys, such as {@code generator.widths}.
   *
   * @throws IllegalArgumentException if it is not JSON
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

  /** Returns a value as text; a string has no quotes. */
  public static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
