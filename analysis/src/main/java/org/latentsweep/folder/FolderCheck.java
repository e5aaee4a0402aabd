package org.latentsweep.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.table.ErrorText;
import org.latentsweep.table.Storage;
import org.latentsweep.table.Table;

/** Finds out whether a path is that of an output folder which this version can use. */
final class FolderCheck {
  /**
   * Goes up when the tables change so that older versions cannot read newer files. Format 3 added
   * {@code steps_done} to {@code runs}.
   */
  static final int FORMAT = 3;

  /** The oldest format whose files can be read and stand beside new ones. */
  private static final int OLDEST_FORMAT = 2;

  /** Names in a message before it says how many more there are; enough to recognise a folder. */
  private static final int MAX_NAMES = 5;

  /** Characters that mean something of their own in Hadoop's path patterns or in SQL scripts. */
  private static final String FORBIDDEN = "{}[]*?\\;\n";

  private final FolderFiles files;
  private final Storage storage;
  private final Path folder;

  FolderCheck(FolderFiles files) {
    this.files = files;
    this.storage = files.storage();
    this.folder = files.paths().folder();
  }

  /** Whether there is anything at a path: a file, or a folder that is not empty. */
  static boolean exists(Storage storage, Path root) throws IOException {
    return storage.exists(root) && !(storage.isFolder(root) && isEmpty(names(storage, root)));
  }

  /**
   * Checks a folder that is to be written to; there may be none yet.
   *
   * @throws IllegalArgumentException naming everything that is wrong with it
   */
  void requireWritable() throws IOException {
    List<String> problems = pathProblems();
    if (storage.exists(folder)) {
      problems.addAll(contentProblems(true, false));
    }
    throwIfAny(problems);
  }

  /**
   * Checks a folder that is to be read.
   *
   * @param sound whether none of its files may be damaged
   * @throws IllegalArgumentException naming everything that is wrong with it
   */
  void requireReadable(boolean sound) throws IOException {
    List<String> problems = pathProblems();
    if (storage.exists(folder)) {
      problems.addAll(contentProblems(false, sound));
    } else {
      problems.add("there is no such folder");
    }
    throwIfAny(problems);
  }

  private void throwIfAny(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use %s: %s".formatted(ErrorText.path(folder), String.join("; ", problems)));
    }
  }

  private List<String> pathProblems() {
    List<String> problems = new ArrayList<>();
    if (folder.toUri().getPath().chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
      problems.add("its path holds one of { } [ ] * ? \\ ; which Spark SQL takes for a pattern");
    }
    return problems;
  }

  private List<String> contentProblems(boolean mayBeEmpty, boolean sound) throws IOException {
    if (!storage.isFolder(folder)) {
      return List.of("it is a file");
    }
    List<String> names = names(storage, folder);
    if (names.contains(FolderPaths.MARKER)) {
      List<String> problems = markerProblems();
      problems.addAll(foreignFiles());
      List<String> damaged = sound ? new DamagedFiles(files).withoutEnd() : List.of();
      if (!damaged.isEmpty()) {
        problems.add("damaged files, which run and analyze set aside: " + few(damaged));
      }
      return problems;
    }
    if (isEmpty(names)) {
      return mayBeEmpty
          ? List.of()
          : List.of("it holds no sweep: there is no " + FolderPaths.MARKER);
    }
    return List.of(
        "it is something else's: there is no %s beside %s"
            .formatted(FolderPaths.MARKER, few(names)));
  }

  private static List<String> names(Storage storage, Path folder) throws IOException {
    return storage.list(folder).stream().map(status -> status.getPath().getName()).toList();
  }

  /** A first start that was killed can have left its temporary folder and its lock. */
  private static boolean isEmpty(List<String> names) {
    return Set.of(FolderPaths.TEMPORARY, FolderLock.FOLDER).containsAll(names);
  }

  private List<String> markerProblems() throws IOException {
    List<String> problems = new ArrayList<>();
    try {
      JsonNode format =
          new ObjectMapper().readTree(storage.readText(files.paths().marker())).path("format");
      if (format.asInt() < OLDEST_FORMAT || format.asInt() > FORMAT) {
        problems.add(
            "its format is %s, and this latentsweep reads formats %d to %d"
                .formatted(format.isMissingNode() ? "not given" : format, OLDEST_FORMAT, FORMAT));
      }
    } catch (JsonProcessingException e) {
      problems.add(FolderPaths.MARKER + " is no JSON");
    }
    return problems;
  }

  private List<String> foreignFiles() throws IOException {
    List<String> foreign = new ArrayList<>();
    for (Table<?> table : Table.ALL) {
      for (FileStatus file : files.list(table)) {
        if (!table.holds(file.getPath())) {
          foreign.add(files.paths().relative(file.getPath()));
        }
      }
    }
    return foreign.isEmpty() ? List.of() : List.of("no files of latentsweep: " + few(foreign));
  }

  private static String few(List<String> names) {
    String shown = names.stream().sorted().limit(MAX_NAMES).collect(Collectors.joining(", "));
    return names.size() > MAX_NAMES
        ? shown + " and " + (names.size() - MAX_NAMES) + " more"
        : shown;
  }
}
