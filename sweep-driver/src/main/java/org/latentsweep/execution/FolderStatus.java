package org.latentsweep.execution;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.folder.Inventory;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;

/** The command {@code status}: counts the runs of a folder by how far they are. */
final class FolderStatus {
  private FolderStatus() {}

  static ResultTable of(SweepFolder folder) throws IOException {
    Inventory inventory = folder.runs().inventory();
    Map<Outcome, Long> outcomes =
        inventory.runs().values().stream()
            .collect(Collectors.groupingBy(run -> run.row().outcome(), Collectors.counting()));
    Set<RunId> left = new HashSet<>(folder.planned().all());
    left.removeAll(inventory.runs().keySet());
    return new ResultTable(
        List.of("completed", "diverged", "failed", "left", "packs_running", "damaged_files"),
        List.of(
            List.of(
                outcomes.getOrDefault(Outcome.COMPLETED, 0L),
                outcomes.getOrDefault(Outcome.DIVERGED, 0L),
                outcomes.getOrDefault(Outcome.FAILED, 0L),
                left.size(),
                folder.packsInFlight(),
                inventory.damaged().size())));
  }
}
