package org.latentsweep.folder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.latentsweep.table.Table;

/**
 * Plans which parts to merge: parts of the same kind, in the order of their names. Reads no files.
 */
final class MergePlan {
  private final long target;
  private final List<List<StoredPart>> merges = new ArrayList<>();
  private List<StoredPart> current = new ArrayList<>(); // the merge to which parts are added
  private Map<Table<?>, Long> bytes = new HashMap<>(); // of the current merge, by table

  private MergePlan(long target) {
    this.target = target;
  }

  /**
   * Plans merges. Leaves out parts whose largest table has half of the target or more.
   *
   * @param target the maximum bytes of the largest table of a merged part
   * @return the merges, each of two or more parts; no part is in two merges
   */
  static List<List<StoredPart>> of(Collection<StoredPart> parts, long target) {
    MergePlan plan = new MergePlan(target);
    parts.stream()
        .filter(part -> 2 * largest(part.bytes()) < target)
        .sorted(Comparator.comparing(StoredPart::name))
        .collect(Collectors.groupingBy(StoredPart::kind))
        .values()
        .forEach(plan::addMergesOf);
    return plan.merges;
  }

  private void addMergesOf(List<StoredPart> partsOfOneKind) {
    for (StoredPart part : partsOfOneKind) {
      Map<Table<?>, Long> more = new HashMap<>(bytes);
      part.bytes().forEach((table, size) -> more.merge(table, size, Long::sum));
      if (largest(more) > target) {
        finishCurrent();
        bytes.putAll(part.bytes());
      } else {
        bytes = more;
      }
      current.add(part);
    }
    finishCurrent();
  }

  private void finishCurrent() {
    if (current.size() > 1) {
      merges.add(current);
    }
    current = new ArrayList<>();
    bytes.clear();
  }

  private static long largest(Map<Table<?>, Long> bytes) {
    return bytes.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
