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
 * Which parts to merge with which: those of one kind, in the order of their names. Reads nothing.
 */
final class MergePlan {
  private final long target;
  private final List<List<StoredPart>> merges = new ArrayList<>();
  private List<StoredPart> open = new ArrayList<>();
  private Map<Table<?>, Long> bytes = new HashMap<>(); // of the open parts

  private MergePlan(long target) {
    this.target = target;
  }

  /**
   * Plans merges. Parts whose largest table has half the bytes that are aimed at are left alone.
   *
   * @param target bytes of the largest table of a merged part, at most
   * @return parts to merge, two or more together, each part at most once
   */
  static List<List<StoredPart>> of(Collection<StoredPart> parts, long target) {
    MergePlan plan = new MergePlan(target);
    parts.stream()
        .filter(part -> 2 * largest(part.bytes()) < target)
        .sorted(Comparator.comparing(StoredPart::name))
        .collect(Collectors.groupingBy(StoredPart::kind))
        .values()
        .forEach(plan::fill);
    return plan.merges;
  }

  private void fill(List<StoredPart> kind) {
    for (StoredPart part : kind) {
      Map<Table<?>, Long> more = new HashMap<>(bytes);
      part.bytes().forEach((table, size) -> more.merge(table, size, Long::sum));
      if (largest(more) > target) {
        close();
        bytes.putAll(part.bytes());
      } else {
        bytes = more;
      }
      open.add(part);
    }
    close();
  }

  private void close() {
    if (open.size() > 1) {
      merges.add(open);
    }
    open = new ArrayList<>();
    bytes.clear();
  }

  private static long largest(Map<Table<?>, Long> bytes) {
    return bytes.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
