package org.latentsweep.folder;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list of all runs that were ever planned in an output folder. */
public final class PlannedRuns {
  private static final Logger LOG = LoggerFactory.getLogger(PlannedRuns.class);

  private final FolderFiles files;

  PlannedRuns(FolderFiles files) {
    this.files = files;
  }

  /**
   * Adds runs. Only the process that holds the folder's {@link FolderLock} may call this.
   *
   * @throws IOException naming the file that cannot be written; the list stays as it was then
   */
  public void add(Collection<RunId> runs) throws IOException {
    Set<RunId> all = new TreeSet<>(all());
    if (all.addAll(runs)) {
      FolderPaths paths = files.paths();
      files.storage().createFolder(paths.temporary());
      files
          .storage()
          .replaceText(
              paths.newTemporary(),
              paths.planned(),
              all.stream().map(RunId::hex).collect(Collectors.joining("\n")));
    }
  }

  /**
   * Returns all planned runs.
   *
   * @throws IOException if the list cannot be read
   */
  public Set<RunId> all() throws IOException {
    Path file = files.paths().planned();
    if (!files.storage().exists(file)) {
      return Set.of();
    }
    Map<Boolean, List<String>> lines =
        files.storage().readText(file).lines().collect(Collectors.partitioningBy(RunId::isHex));
    if (!lines.get(false).isEmpty()) {
      LOG.warn(
          "Ignoring {} lines of {}, which name no runs; the next run writes it again",
          lines.get(false).size(),
          file);
    }
    return lines.get(true).stream().map(RunId::new).collect(Collectors.toSet());
  }
}
