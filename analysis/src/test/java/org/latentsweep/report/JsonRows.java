package org.latentsweep.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Columns and rows of a table in a report's JSON. */
final class JsonRows {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ArrayNode rows;

  JsonRows(ObjectNode table, String... columns) {
    ArrayNode names = table.putArray("columns");
    for (String column : columns) {
      names.add(column);
    }
    rows = table.putArray("rows");
  }

  int size() {
    return rows.size();
  }

  void add(Object... values) {
    ArrayNode row = rows.addArray();
    for (Object value : values) {
      row.add(MAPPER.<JsonNode>valueToTree(value));
    }
  }
}
