package org.latentsweep.folder;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.table.GeneratorRow;
import org.latentsweep.table.Table;
import org.latentsweep.table.TableReader;

/** The trained generators in an output folder. */
public final class StoredGenerators {
  private final FolderFiles files;

  StoredGenerators(FolderFiles files) {
    this.files = files;
  }

  /**
   * Returns the generator of a run; empty if the run does not exist or was not completed.
   *
   * @throws IOException naming the file that cannot be read
   */
  public Optional<GeneratorArchive> of(RunId id) throws IOException {
    return Optional.ofNullable(of(Set.of(id)).get(id));
  }

  /**
   * Returns the generators of those runs that exist and were completed.
   *
   * @throws IOException naming the file that cannot be read
   */
  public Map<RunId, GeneratorArchive> of(Set<RunId> ids) throws IOException {
    Map<String, Set<RunId>> byPart =
        new StoredRuns(files)
            .all().values().stream()
                .filter(run -> ids.contains(run.id()))
                .filter(run -> run.row().outcome() == Outcome.COMPLETED)
                .collect(
                    Collectors.groupingBy(
                        StoredRun::part, Collectors.mapping(StoredRun::id, Collectors.toSet())));
    Map<RunId, GeneratorArchive> found = new TreeMap<>();
    for (Map.Entry<String, Set<RunId>> part : byPart.entrySet()) {
      addFrom(part.getKey(), part.getValue(), found);
    }
    return found;
  }

  private void addFrom(String part, Set<RunId> ids, Map<RunId, GeneratorArchive> onto)
      throws IOException {
    try (TableReader<GeneratorRow> reader = ofPart(part)) {
      for (GeneratorRow row = reader.next(); row != null; row = reader.next()) {
        if (ids.contains(row.runId())) {
          onto.put(row.runId(), row.archive());
        }
      }
    }
  }

  /**
   * Opens the file with the generators of a part's completed runs.
   *
   * @throws IOException naming the file, if there is none or it cannot be read
   */
  public TableReader<GeneratorRow> ofPart(String part) throws IOException {
    return TableReader.open(
        files.storage(), Table.GENERATORS, files.paths().part(Table.GENERATORS, part));
  }
}
