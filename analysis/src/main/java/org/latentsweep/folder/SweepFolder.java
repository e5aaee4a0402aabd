package org.latentsweep.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.table.DamagedFileException;
import org.latentsweep.table.GeneratorRow;
import org.latentsweep.table.MetricRow;
import org.latentsweep.table.PartName;
import org.latentsweep.table.RunRow;
import org.latentsweep.table.SampleReader;
import org.latentsweep.table.Storage;
import org.latentsweep.table.Table;
import org.latentsweep.table.TableReader;
import org.latentsweep.table.TableWriter;

/**
 * One output folder: a folder for each {@link Table}, {@code views.sql}, temporary files in {@code
 * _temporary}, {@link Checkpoints} and {@code _latentsweep.json}, which says what the folder is.
 *
 * <p><b>What exists.</b> A run exists once {@code runs} holds its row. A pack's rows are in files
 * of one name in every table, and the file of {@code runs} is renamed to its place last. Readers
 * take rows of a run only from files with the name of the file that holds its row in {@code runs};
 * should it have two such rows, from a task that was thought dead or while parts are merged, the
 * first file's name counts. So nothing half-written, left over or written twice ever shows. Readers
 * list the files of {@code runs} before those of any other table.
 *
 * <p><b>What the file system must do.</b> Rename one file atomically, over another too. Local file
 * systems and HDFS do; object stores do not, as their rename is a copy. Where it is not known, the
 * folder can be read and not be written, unless the setting {@value Storage#ATOMIC_RENAME} lists
 * the scheme.
 *
 * <p>One driver at a time may clean up or drop runs, for which it takes the {@link #lock}; any
 * number of tasks may write packs. A folder can be sent to tasks, and carries the Hadoop settings
 * that it was opened with.
 */
public final class SweepFolder implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Goes up when the tables change so that older versions cannot read newer files. Format 3 added
   * {@code steps_done} to {@code runs}.
   */
  private static final int FORMAT = 3;

  /** The oldest format whose files can be read and stand beside new ones. */
  private static final int OLDEST_FORMAT = 2;

  private static final String MARKER = "_latentsweep.json";
  private static final String PLANNED = "_planned.txt";

  /** The note in tables across seeds that holds the {@link #state} they were computed from. */
  public static final String STATE = "latentsweep.state";

  /** The note in a file of metrics that names the runs of which nothing is missing. */
  private static final String MEASURED = "latentsweep.runs";

  private static final String VIEWS = "views.sql";
  private static final String TEMPORARY = "_temporary";
  private static final String CHECKPOINTS = "_checkpoints";
  private static final String DAMAGED = "_damaged";
  static final String EXTENSION = ".parquet";
  private static final int SHOWN = 5;

  private static final DateTimeFormatter ASIDE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** What Hadoop's path patterns and SQL scripts give a meaning of their own. */
  private static final String FORBIDDEN = "{}[]*?\\;\n";

  private final String root;
  private final TreeMap<String, String> settings;
  private transient Storage storage;

  private SweepFolder(Path root, Configuration configuration) throws IOException {
    this.storage = new Storage(root, configuration);
    this.root = storage.qualified(root).toString();
    this.settings = settings(configuration);
  }

  /** Only what differs from Hadoop's defaults, which every executor has and which are many. */
  private static TreeMap<String, String> settings(Configuration configuration) {
    Configuration defaults = new Configuration();
    TreeMap<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, String> entry : configuration) {
      if (!entry.getValue().equals(defaults.getRaw(entry.getKey()))) {
        settings.put(entry.getKey(), entry.getValue());
      }
    }
    return settings;
  }

  /**
   * Opens the output folder of a sweep for writing, and creates what is missing of it. Files of its
   * tables may be damaged.
   *
   * @param path local, or a URI that Hadoop knows
   * @throws IllegalArgumentException naming everything that is wrong with the folder
   * @throws IOException if it cannot be read or written
   */
  public static SweepFolder create(String path, Configuration configuration) throws IOException {
    SweepFolder folder = new SweepFolder(new Path(path), configuration);
    folder.requireAtomicRename();
    List<String> problems = folder.pathProblems();
    if (folder.storage.exists(folder.path())) {
      problems.addAll(folder.contentProblems(true, false));
    }
    throwIfAny(folder.path(), problems);
    folder.refresh();
    return folder;
  }

  /**
   * Opens the output folder of a sweep that was started before. Writes nothing.
   *
   * @param path local, or a URI that Hadoop knows
   * @throws IllegalArgumentException naming everything that is wrong with the folder
   * @throws IOException if it cannot be read
   */
  public static SweepFolder open(String path, Configuration configuration) throws IOException {
    return open(path, configuration, true);
  }

  /** The same, but files of its tables may be damaged. */
  public static SweepFolder openDamaged(String path, Configuration configuration)
      throws IOException {
    return open(path, configuration, false);
  }

  private static SweepFolder open(String path, Configuration configuration, boolean mustBeSound)
      throws IOException {
    SweepFolder folder = new SweepFolder(new Path(path), configuration);
    List<String> problems = folder.pathProblems();
    if (folder.storage.exists(folder.path())) {
      problems.addAll(folder.contentProblems(false, mustBeSound));
    } else {
      problems.add("there is no such folder");
    }
    throwIfAny(folder.path(), problems);
    return folder;
  }

  /**
   * Called before anything is computed that is to be written.
   *
   * @throws IllegalArgumentException unless the file system is known to rename files atomically
   */
  public void requireAtomicRename() {
    if (!storage().renamesAtomically()) {
      String scheme = path().toUri().getScheme();
      throw new IllegalArgumentException(
          "Cannot write to %s: rows are committed by renaming files, which %s is not known to do"
                  .formatted(this, scheme)
              + " atomically (an object store copies), so that a crash could lose or half-show"
              + " runs; write to HDFS or a shared disk, and copy the finished folder, or, where"
              + " its rename is atomic, set spark.hadoop.%s=%s"
                  .formatted(Storage.ATOMIC_RENAME, scheme));
    }
  }

  /** Whether there is anything at that path: a file, or a folder that is not empty. */
  public static boolean exists(String path, Configuration configuration) throws IOException {
    Path root = new Path(path);
    Storage storage = new Storage(root, configuration);
    return storage.exists(root) && !(storage.isFolder(root) && isEmpty(names(storage, root)));
  }

  private static List<String> names(Storage storage, Path folder) throws IOException {
    return storage.list(folder).stream().map(status -> status.getPath().getName()).toList();
  }

  /** A first start that was killed can have left its temporary folder. */
  private static boolean isEmpty(List<String> names) {
    return Set.of(TEMPORARY, FolderLock.FOLDER).containsAll(names);
  }

  private static void throwIfAny(Path path, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use %s: %s".formatted(Storage.shown(path), String.join("; ", problems)));
    }
  }

  private List<String> pathProblems() {
    List<String> problems = new ArrayList<>();
    if (path().toUri().getPath().chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
      problems.add("its path holds one of { } [ ] * ? \\ ; which Spark SQL takes for a pattern");
    }
    return problems;
  }

  private List<String> contentProblems(boolean mayBeEmpty, boolean mustBeSound) throws IOException {
    if (!storage.isFolder(path())) {
      return List.of("it is a file");
    }
    List<String> names = names(storage, path());
    if (names.contains(MARKER)) {
      List<String> problems = markerProblems();
      problems.addAll(foreignFiles());
      List<String> damaged = mustBeSound ? relative(withoutEnd()) : List.of();
      if (!damaged.isEmpty()) {
        problems.add("damaged files, which run and analyze set aside: " + few(damaged));
      }
      return problems;
    }
    if (isEmpty(names)) {
      return mayBeEmpty ? List.of() : List.of("it holds no sweep: there is no " + MARKER);
    }
    return List.of(
        "it is something else's: there is no %s beside %s".formatted(MARKER, few(names)));
  }

  private static String few(List<String> names) {
    String shown = names.stream().sorted().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
  }

  private List<String> markerProblems() throws IOException {
    List<String> problems = new ArrayList<>();
    try {
      JsonNode format =
          new ObjectMapper().readTree(storage.readText(new Path(path(), MARKER))).path("format");
      if (format.asInt() < OLDEST_FORMAT || format.asInt() > FORMAT) {
        problems.add(
            "its format is %s, and this latentsweep reads formats %d to %d"
                .formatted(format.isMissingNode() ? "not given" : format, OLDEST_FORMAT, FORMAT));
      }
    } catch (JsonProcessingException e) {
      problems.add(MARKER + " is no JSON");
    }
    return problems;
  }

  private List<String> foreignFiles() throws IOException {
    List<String> foreign = new ArrayList<>();
    for (Table<?> table : Table.ALL) {
      for (FileStatus file : files(table)) {
        if (!table.holds(file.getPath())) {
          foreign.add(relative(file.getPath()));
        }
      }
    }
    return foreign.isEmpty() ? List.of() : List.of("no files of latentsweep: " + few(foreign));
  }

  /** Files that do not end as Parquet files do, so that nothing can be read from them. */
  private List<Path> withoutEnd() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Table<?> table : Table.ALL) {
      found.addAll(
          perFile(
              table,
              file ->
                  table.holds(file.getPath()) && !storage().hasParquetEnd(file)
                      ? Optional.of(file.getPath())
                      : Optional.empty()));
    }
    return found;
  }

  private String relative(Path file) {
    return path().toUri().relativize(file.toUri()).getPath();
  }

  private List<String> relative(List<Path> files) {
    return files.stream().map(this::relative).sorted().toList();
  }

  /** Creates what is missing, and brings what depends on the version or the path up to date. */
  private void refresh() throws IOException {
    Path own = new Path(temporary(), UUID.randomUUID().toString());
    storage.createFolder(own);
    try {
      refresh(own);
    } finally { // also where the disk is full, or it would be taken for a pack that is written
      storage.delete(own);
    }
  }

  private void refresh(Path own) throws IOException {
    // First, so that a start that dies here leaves a folder that the next one knows as its own.
    storage.replaceText(
        new Path(own, MARKER), new Path(path(), MARKER), "{\"format\": %d}%n".formatted(FORMAT));
    for (Table<?> table : Table.ALL) {
      storage.createFolder(folder(table));
      Path schema = new Path(folder(table), table.schemaFile());
      try (TableWriter<?> writer =
          new TableWriter<>(storage, table, new Path(own, table.tableName()), schema)) {
        writer.finish(Map.of());
        writer.publish();
      }
    }
    storage.replaceText(new Path(own, VIEWS), new Path(path(), VIEWS), Views.script(this));
  }

  /** The files of a table that hold rows, and any that do not belong there. */
  List<FileStatus> files(Table<?> table) throws IOException {
    return storage().visibleFiles(folder(table)).stream()
        .filter(file -> !file.getPath().getName().equals(Table.SCHEMA_FILE))
        .toList();
  }

  /** The same as a listing that can be kept and compared. */
  List<StoredFile> storedFiles(Table<?> table) throws IOException {
    return files(table).stream().map(file -> StoredFile.of(table, file)).toList();
  }

  /** Adds runs to those that were ever asked for in this folder. Called by the driver. */
  public void addPlanned(Collection<RunId> runs) throws IOException {
    Set<RunId> all = new TreeSet<>(plannedRuns());
    if (all.addAll(runs)) {
      storage().createFolder(temporary());
      storage()
          .replaceText(
              new Path(temporary(), UUID.randomUUID().toString()),
              new Path(path(), PLANNED),
              all.stream().map(RunId::hex).collect(Collectors.joining("\n")));
    }
  }

  /** Every run that was ever asked for in this folder. */
  public Set<RunId> plannedRuns() throws IOException {
    Path file = new Path(path(), PLANNED);
    if (!storage().exists(file)) {
      return Set.of();
    }
    return storage().readText(file).lines().map(RunId::new).collect(Collectors.toSet());
  }

  /** How many packs are being written, or were when their tasks were killed. */
  public int packsInFlight() throws IOException {
    return (int) storage().list(temporary()).stream().filter(FileStatus::isDirectory).count();
  }

  /**
   * Takes the right to write, which one process has at a time.
   *
   * @param command what it is wanted for, for whoever else wants it
   * @param stop called at most once, by another thread, with the reason why the holder has to stop
   * @throws IllegalArgumentException if another process has it, saying which
   */
  public FolderLock lock(String command, Consumer<String> stop) throws IOException {
    return FolderLock.claim(storage(), path(), LockOwner.self(command), stop);
  }

  /**
   * Asks the process that has the right to write to stop, and waits until it has let go.
   *
   * @param patience how long to wait
   * @return whether it has let go
   * @throws IllegalArgumentException if no process has it
   */
  public boolean cancel(Duration patience) throws IOException {
    return FolderLock.cancel(storage(), path(), LockOwner.self("cancel"), patience);
  }

  /** The log of what happens to this folder, for the process that has the right to write. */
  public EventLog events() {
    return new EventLog(storage(), path());
  }

  /**
   * What the rows of a pack's runs say, in the order of the pack, if all of them exist: an attempt
   * that was not heard of any more can have committed them.
   *
   * @throws IOException naming the file that cannot be read
   */
  public Optional<List<RunRow>> committed(RunPack pack) throws IOException {
    Path file = new Path(folder(Table.RUNS), PartName.ofPack(pack.id()) + EXTENSION);
    if (!storage().exists(file)) {
      return Optional.empty();
    }
    Map<RunId, RunRow> rows =
        rows(Table.RUNS, file).stream()
            .collect(Collectors.toMap(RunRow::runId, Function.identity()));
    List<RunRow> runs =
        pack.runs().stream().map(run -> rows.get(run.id())).filter(Objects::nonNull).toList();
    return runs.size() == pack.runs().size() ? Optional.of(runs) : Optional.empty();
  }

  /** Starts to write a pack; called by the task that trains it. */
  public PackWriter startPack(RunPack pack, Provenance provenance) throws IOException {
    return new PackWriter(this, pack, provenance);
  }

  /** The checkpoints of runs in training. */
  public Checkpoints checkpoints() {
    return new Checkpoints(storage(), new Path(path(), CHECKPOINTS), temporary());
  }

  /**
   * Every run that exists.
   *
   * @throws IOException naming every file that cannot be read
   */
  public SortedMap<RunId, StoredRun> finishedRuns() throws IOException {
    return byId(
        perFile(Table.RUNS, file -> Optional.of(readRuns(file.getPath()))).stream()
            .flatMap(List::stream));
  }

  /** Of two rows of one run, that in the file with the first name counts. */
  private static SortedMap<RunId, StoredRun> byId(Stream<StoredRun> rows) {
    SortedMap<RunId, StoredRun> runs = new TreeMap<>();
    rows.forEach(
        run -> runs.merge(run.id(), run, (a, b) -> a.part().compareTo(b.part()) <= 0 ? a : b));
    return runs;
  }

  private List<StoredRun> readRuns(Path file) throws IOException {
    String part = PartName.of(file);
    return rows(Table.RUNS, file).stream().map(row -> new StoredRun(row, part)).toList();
  }

  private <R extends Record> List<R> rows(Table<R> table, Path file) throws IOException {
    try (TableReader<R> reader = TableReader.open(storage(), table, file)) {
      return reader.rest();
    }
  }

  /**
   * What the folder holds, where files of its tables may be damaged.
   *
   * @throws IOException naming every file that the file system cannot read
   */
  public Inventory inventory() throws IOException {
    Set<Path> damaged = new TreeSet<>(withoutEnd());
    Set<Path> unreadable = Collections.synchronizedSet(new TreeSet<>());
    List<StoredRun> runs =
        perFile(Table.RUNS, file -> readSoundRuns(file, damaged, unreadable)).stream()
            .flatMap(List::stream)
            .toList();
    damaged.addAll(unreadable);
    Set<String> parts = partsWithout(damaged);
    return new Inventory(
        byId(runs.stream().filter(run -> !parts.contains(run.part()))),
        relative(List.copyOf(damaged)));
  }

  private Optional<List<StoredRun>> readSoundRuns(
      FileStatus file, Set<Path> damaged, Set<Path> unreadable) throws IOException {
    if (damaged.contains(file.getPath())) {
      return Optional.empty();
    }
    try {
      return Optional.of(readRuns(file.getPath()));
    } catch (DamagedFileException e) {
      unreadable.add(file.getPath());
      return Optional.empty();
    }
  }

  /** The packs that lack rows of their runs in a damaged file. */
  private static Set<String> partsWithout(Set<Path> damaged) {
    return damaged.stream()
        .filter(file -> PackWriter.DETAILS.stream().anyMatch(table -> table.holds(file)))
        .map(PartName::of)
        .collect(Collectors.toSet());
  }

  /**
   * Sets aside the damaged files that {@link #inventory} finds.
   *
   * @return them, relative to this folder
   * @throws IOException if a file cannot be read or moved; calling again goes on
   */
  public List<String> setAsideDamaged() throws IOException {
    List<String> damaged = inventory().damaged();
    setAside(damaged);
    return damaged;
  }

  /**
   * Moves damaged files to a folder in {@code _damaged}, and with them the rows in {@code runs} of
   * the runs that are no longer whole, which do not exist any more and can be planned again.
   *
   * @param damaged of the tables: qualified, or relative to this folder
   * @throws IOException if a file cannot be moved; calling again goes on
   */
  public void setAside(Collection<String> damaged) throws IOException {
    if (!damaged.isEmpty()) {
      Path aside =
          new Path(
              new Path(path(), DAMAGED), ASIDE.format(Instant.now()) + "-" + UUID.randomUUID());
      Set<Path> files =
          damaged.stream().map(name -> new Path(path(), name)).collect(Collectors.toSet());
      for (String part : partsWithout(files)) { // first, so that no run exists without its samples
        moveAside(new Path(folder(Table.RUNS), part + EXTENSION), aside);
      }
      for (Path file : files) {
        moveAside(file, aside);
      }
    }
  }

  private void moveAside(Path file, Path aside) throws IOException {
    if (storage().exists(file)) {
      Path to = new Path(aside, relative(file));
      storage().createFolder(to.getParent());
      storage().moveOver(file, to);
    }
  }

  private interface FileFunction<R> {
    Optional<R> apply(FileStatus file) throws IOException;
  }

  /** Applies a function to all files of a table at once, and tells of all that fail together. */
  private <R> List<R> perFile(Table<?> table, FileFunction<R> function) throws IOException {
    List<IOException> failures = Collections.synchronizedList(new ArrayList<>());
    List<Optional<R>> results =
        files(table).parallelStream().map(file -> attempt(function, file, failures)).toList();
    if (!failures.isEmpty()) {
      IOException all =
          new IOException(
              failures.stream()
                  .map(IOException::getMessage)
                  .sorted()
                  .collect(Collectors.joining("; ")));
      failures.forEach(all::addSuppressed);
      throw all;
    }
    return results.stream().flatMap(Optional::stream).toList();
  }

  private static <R> Optional<R> attempt(
      FileFunction<R> function, FileStatus file, Collection<IOException> failures) {
    try {
      return function.apply(file);
    } catch (IOException e) {
      failures.add(e);
      return Optional.empty();
    }
  }

  /**
   * Makes runs not exist, so that they are planned again. Their other rows stay until {@link
   * #cleanUp} finds no run left in their files, and do not show.
   *
   * @return how many of them existed
   */
  public int dropRuns(Set<RunId> ids) throws IOException {
    int dropped = 0;
    for (FileStatus file : files(Table.RUNS)) {
      dropped += dropRuns(ids, file.getPath());
    }
    return dropped;
  }

  private int dropRuns(Set<RunId> ids, Path file) throws IOException {
    List<RunRow> rows = rows(Table.RUNS, file);
    List<RunRow> kept = rows.stream().filter(row -> !ids.contains(row.runId())).toList();
    if (kept.isEmpty()) {
      storage().delete(file);
    } else if (kept.size() < rows.size()) {
      replace(file, kept);
    }
    return rows.size() - kept.size();
  }

  private void replace(Path file, List<RunRow> rows) throws IOException {
    try (TableWriter<RunRow> writer = writer(Table.RUNS, file)) {
      for (RunRow row : rows) {
        writer.add(row);
      }
      writer.finish(Map.of());
      writer.publish();
    }
  }

  /**
   * Deletes what killed drivers and tasks left: temporary files, files of parts in which no row of
   * {@code runs} counts, such as those that were merged into others, and checkpoints of runs that
   * exist. Called by the driver before its tasks start.
   *
   * @return how many files of tables were deleted
   */
  public int cleanUp() throws IOException {
    storage().delete(temporary());
    SortedMap<RunId, StoredRun> runs = finishedRuns();
    Set<String> parts = runs.values().stream().map(StoredRun::part).collect(Collectors.toSet());
    int deleted = 0;
    // The runs' own files first: without them the rest does not show.
    for (Table<?> table : Compaction.TABLES) {
      for (FileStatus file : files(table)) {
        if (!parts.contains(PartName.of(file.getPath()))) {
          storage().delete(file.getPath());
          deleted++;
        }
      }
    }
    checkpoints().delete(runs.keySet());
    return deleted;
  }

  /** The trained generator of a run; empty where the run does not exist or was not completed. */
  public Optional<GeneratorArchive> generator(RunId id) throws IOException {
    return Optional.ofNullable(generators(Set.of(id)).get(id));
  }

  /** The trained generators of those of some runs that exist and were completed. */
  public Map<RunId, GeneratorArchive> generators(Set<RunId> ids) throws IOException {
    Map<String, Set<RunId>> byPart =
        finishedRuns().values().stream()
            .filter(run -> ids.contains(run.id()))
            .filter(run -> run.row().outcome() == Outcome.COMPLETED)
            .collect(
                Collectors.groupingBy(
                    StoredRun::part, Collectors.mapping(StoredRun::id, Collectors.toSet())));
    Map<RunId, GeneratorArchive> found = new TreeMap<>();
    for (Map.Entry<String, Set<RunId>> part : byPart.entrySet()) {
      try (TableReader<GeneratorRow> reader = generators(part.getKey())) {
        for (GeneratorRow row = reader.next(); row != null; row = reader.next()) {
          if (part.getValue().contains(row.runId())) {
            found.put(row.runId(), row.archive());
          }
        }
      }
    }
    return found;
  }

  /**
   * Reads the generators of a pack: a row of each completed run.
   *
   * @param part name of the pack's files
   * @throws IOException naming the file, where there is none or it is no such file
   */
  public TableReader<GeneratorRow> generators(String part) throws IOException {
    return TableReader.open(
        storage(), Table.GENERATORS, new Path(folder(Table.GENERATORS), part + EXTENSION));
  }

  /**
   * Reads the samples of a pack.
   *
   * @param part name of the pack's files
   * @param step after which samples are wanted; empty for all
   * @throws IOException naming the file, where there is none or it is no such file
   */
  public SampleReader samples(String target, int latentDimension, String part, OptionalInt step)
      throws IOException {
    return new SampleReader(
        storage(), partFile(Table.SAMPLES, target, latentDimension, part), Optional.empty(), step);
  }

  /**
   * Reads the samples of one run, without those that are stored beside them; empty where no run of
   * its pack has any.
   *
   * @throws IOException naming the file that cannot be read
   */
  public Optional<SampleReader> samples(StoredRun run) throws IOException {
    Path file = partFile(Table.SAMPLES, run.row().target(), run.row().latentDim(), run.part());
    return storage().exists(file)
        ? Optional.of(
            new SampleReader(storage(), file, Optional.of(run.id().hex()), OptionalInt.empty()))
        : Optional.empty();
  }

  /** Starts to write a set of metrics for a pack, over those that are there. */
  public TableWriter<MetricRow> metricsWriter(String part, String set) throws IOException {
    return writer(Table.METRICS, metricsFile(part, set));
  }

  /** Reads a set of metrics of a pack; empty where it has none. */
  public Optional<TableReader<MetricRow>> metrics(String part, String set) throws IOException {
    Path file = metricsFile(part, set);
    return storage().exists(file)
        ? Optional.of(TableReader.open(storage(), Table.METRICS, file))
        : Optional.empty();
  }

  /** Ids of the runs of which a part has a set of metrics, complete. */
  public Set<RunId> measuredRuns(String part, String set) throws IOException {
    Path file = metricsFile(part, set);
    return storage().exists(file) ? measuredRuns(file) : Set.of();
  }

  Set<RunId> measuredRuns(Path metrics) throws IOException {
    String runs = TableReader.notes(storage(), metrics).getOrDefault(MEASURED, "");
    return runs.isEmpty()
        ? Set.of()
        : Arrays.stream(runs.split(" ")).map(RunId::new).collect(Collectors.toSet());
  }

  /** The note by which the writer of a set of metrics names the runs that have it, complete. */
  public static Map<String, String> measuredNote(SortedSet<RunId> runs) {
    return Map.of(MEASURED, runs.stream().map(RunId::hex).collect(Collectors.joining(" ")));
  }

  Path metricsFile(String part, String set) {
    return new Path(folder(Table.METRICS), part + "-" + set + EXTENSION);
  }

  /**
   * Changes whenever a committed run or a metric does, and where the tables across seeds have other
   * columns in another version: a hash of all that is said of the files, and of the columns.
   */
  public String state() throws IOException {
    List<String> files = new ArrayList<>();
    for (Table<?> table : List.of(Table.SUMMARY, Table.COMPARISONS)) {
      files.add(table.columns().toString());
    }
    for (Table<?> table : List.of(Table.RUNS, Table.METRICS)) {
      for (FileStatus file : files(table)) {
        files.add("%s %d %d".formatted(file.getPath(), file.getLen(), file.getModificationTime()));
      }
    }
    return RunId.of(files.stream().sorted().collect(Collectors.joining("\n"))).hex();
  }

  /** Whether a table across seeds was written for that {@link #state}. */
  public boolean isCurrent(Table<?> table, String state) throws IOException {
    Path file = acrossSeedsFile(table);
    return storage().exists(file) && state.equals(TableReader.notes(storage(), file).get(STATE));
  }

  /** The rows of a table across seeds, which must have been written. */
  public <R extends Record> List<R> acrossSeeds(Table<R> table) throws IOException {
    return rows(table, acrossSeedsFile(table));
  }

  /** Starts to write a table across seeds, over the one that is there. */
  public <R extends Record> TableWriter<R> acrossSeedsWriter(Table<R> table) throws IOException {
    return writer(table, acrossSeedsFile(table));
  }

  private Path acrossSeedsFile(Table<?> table) {
    return new Path(folder(table), table.tableName() + EXTENSION);
  }

  <R extends Record> TableWriter<R> writer(Table<R> table, Path destination) throws IOException {
    storage().createFolder(temporary());
    Path temporary = new Path(temporary(), UUID.randomUUID() + "-" + destination.getName());
    return new TableWriter<>(storage(), table, temporary, destination);
  }

  Path partFile(Table<?> table, String target, int latentDimension, String part) {
    Path folder = folder(table);
    if (table == Table.SAMPLES) {
      folder = new Path(new Path(folder, "target=" + target), "latent_dim=" + latentDimension);
    }
    return new Path(folder, part + EXTENSION);
  }

  Path folder(Table<?> table) {
    return new Path(path(), table.tableName());
  }

  Path temporary() {
    return new Path(path(), TEMPORARY);
  }

  /** The folder, as a qualified path. */
  public Path path() {
    return new Path(root);
  }

  /** Made anew where the folder was sent to. */
  synchronized Storage storage() {
    if (storage == null) {
      Configuration configuration = new Configuration();
      settings.forEach(configuration::set);
      try {
        storage = new Storage(path(), configuration);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot open " + root + ": " + e.getMessage(), e);
      }
    }
    return storage;
  }

  @Override
  public String toString() {
    return Storage.shown(path());
  }
}
