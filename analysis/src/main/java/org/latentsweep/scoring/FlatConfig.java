package org.latentsweep.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.SortedMap;
import java.util.TreeMap;

/** A run's configuration as MLflow's parameters. */
final class FlatConfig {
  private FlatConfig() {}

  /** The leaves of a JSON object by their paths, such as {@code generator.widths}. */
  static SortedMap<String, String> of(String json) {
    SortedMap<String, String> leaves = new TreeMap<>();
    try {
      add(leaves, "", new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot read a configuration: " + e.getMessage(), e);
    }
    return leaves;
  }

  private static void add(SortedMap<String, String> leaves, String prefix, JsonNode object) {
    for (var field : object.properties()) {
      String path = prefix + field.getKey();
      if (field.getValue().isObject()) {
        add(leaves, path + ".", field.getValue());
      } else {
        leaves.put(
            path,
            field.getValue().isTextual() ? field.getValue().asText() : field.getValue().toString());
      }
    }
  }
}
