package org.latentsweep.cell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A row that belongs to a grid cell. */
public interface OfCell {
  /** Returns the hash of the cell's configuration. */
  String configHash();

  /** Groups rows by their cells' hashes, in the order in which cells first occur. */
  static <R extends OfCell> Map<String, List<R>> group(List<R> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(OfCell::configHash, LinkedHashMap::new, Collectors.toList()));
  }
}
