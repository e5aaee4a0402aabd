package org.latentsweep.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.table.ErrorText;
import org.latentsweep.table.Storage;
import org.latentsweep.table.Table;

/** Checks that a path is an output folder that this version can use. */
final class FolderCheck {
  /**
   * The format that this version writes. It is raised when the tables change in a way that older
   * versions cannot read. Format 3 added {@code steps_done} to {@code runs}.
   */
  static final int FORMAT = 3;

  /** The oldest format that this version reads, also in a folder with newer files. */
  private static final int OLDEST_FORMAT = 2;

  /** Files that a message lists, chosen by judgement: enough to recognise a folder. */
  private static final int MAX_NAMES = 5;

  /** Characters with a special meaning in Hadoop's path patterns or in scripts of spark-sql. */
  private static final String FORBIDDEN = "{}[]*?\\;\n";

  private final FolderFiles files;
  private final Storage storage;
  private final Path folder;

  FolderCheck(FolderFiles files) {
    this.files = files;
    this.storage = files.storage();
    this.folder = files.paths().folder();
  }

  /** Returns whether there is a file at a path, or a folder that is not empty. */
  static boolean exists(Storage storage, Path root) throws IOException {
    return storage.exists(root) && !(storage.isFolder(root) && isEmpty(names(storage, root)));
  }

  /**
   * Checks a folder before it is written to. It need not exist yet, and its files may be damaged.
   *
   * @throws IllegalArgumentException listing all problems, if the folder cannot be used
   */
  void requireWritable() throws IOException {
    List<String> problems = pathProblems();
    if (storage.exists(folder)) {
      problems.addAll(contentProblems(true, false));
    }
    throwIfAny(problems);
  }

  /**
   * Checks a folder before it is read.
   *
   * @param sound whether damaged files are a problem
   * @throws IllegalArgumentException listing all problems, if the folder cannot be used
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
          String.format(
              Locale.ROOT,
              "Cannot use %s: %s",
              ErrorText.path(folder),
              String.join("; ", problems)));
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
      List<String> damaged = sound ? new DamagedFiles(files).unreadable() : List.of();
      if (!damaged.isEmpty()) {
        problems.add("damaged files, which run and analyze set aside: " + list(damaged));
      }
      return problems;
    }
    if (isEmpty(names)) {
      return mayBeEmpty
          ? List.of()
          : List.of("it holds no sweep: there is no " + FolderPaths.MARKER);
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "it is something else's: there is no %s beside %s",
            FolderPaths.MARKER,
            list(names)));
  }

  private static List<String> names(Storage storage, Path folder) throws IOException {
    return storage.list(folder).stream().map(status -> status.getPath().getName()).toList();
  }

  /** Ignores the temporary folder and the lock, which a killed first start can have left. */
  private static boolean isEmpty(List<String> names) {
    return Set.of(FolderPaths.TEMPORARY, FolderLock.FOLDER).containsAll(names);
  }

  private List<String> markerProblems() throws IOException {
    List<String> problems = new ArrayList<>();
    try {
      JsonNode format =
          new ObjectMapper().readTree(storage.readText(files.paths().marker())).path("format");
      if (!format.canConvertToInt() || format.asInt() < OLDEST_FORMAT || format.asInt() > FORMAT) {
        problems.add(
            String.format(
                Locale.ROOT,
                "its format is %s, and this latentsweep reads formats %d to %d",
                format.isMissingNode() ? "not given" : format,
                OLDEST_FORMAT,
                FORMAT));
      }
    } catch (JsonProcessingException e) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%s is no JSON; if it was damaged, write {\"format\": %d} into it",
              FolderPaths.MARKER,
              FORMAT));
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
    return foreign.isEmpty() ? List.of() : List.of("no files of latentsweep: " + list(foreign));
  }

  private static String list(List<String> names) {
    return ErrorText.list(names.stream().sorted().toList(), MAX_NAMES);
  }
}
