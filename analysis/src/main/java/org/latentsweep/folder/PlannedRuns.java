package org.latentsweep.folder;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.RunId;

/** The list of all runs that were ever planned in an output folder. */
public final class PlannedRuns {
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
    return files.storage().readText(file).lines().map(RunId::new).collect(Collectors.toSet());
  }
}
