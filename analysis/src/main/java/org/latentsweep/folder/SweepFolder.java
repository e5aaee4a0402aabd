package org.latentsweep.folder;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.table.ErrorText;
import org.latentsweep.table.PartName;
import org.latentsweep.table.Storage;
import org.latentsweep.table.Table;
import org.latentsweep.table.TableWriter;

/**
 * One output folder: a folder for each {@link Table}, {@code views.sql}, temporary files in {@code
 * _temporary}, {@link Checkpoints} and {@code _latentsweep.json}, which says what the folder is.
 *
 * <p><b>What exists.</b> A run exists once {@code runs} holds its row. A pack's rows are in files
 * of one name in every table, and the file of {@code runs} is renamed to its place last. Readers
 * take rows of a run only from files with the name of the file that holds its row in {@code runs}.
 * A run can have two such rows, from a task that was thought dead or while parts are merged: then
 * the first file's name counts. So a row that was half-written, left over or written twice never
 * shows. Readers list the files of {@code runs} before those of any other table.
 *
 * <p><b>What the file system must do.</b> It must rename one file atomically, over another too.
 * Local file systems and HDFS do; object stores do not, as their rename is a copy. Where it is not
 * known, the folder can be read and not be written, unless the setting {@value
 * Storage#ATOMIC_RENAME} lists the scheme.
 *
 * <p>One driver at a time may clean up or drop runs, for which it takes the {@link #lock}; any
 * number of tasks may write packs. A folder can be sent to tasks, and carries the Hadoop settings
 * that it was opened with.
 */
public final class SweepFolder implements Serializable {
  private static final long serialVersionUID = 1;

  private final FolderPaths paths;
  private final TreeMap<String, String> settings;
  private transient FolderFiles files;

  private SweepFolder(Path root, Configuration configuration) throws IOException {
    Storage storage = new Storage(root, configuration);
    this.paths = new FolderPaths(storage.qualified(root).toString());
    this.settings = settings(configuration);
    this.files = new FolderFiles(storage, paths);
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
    new FolderCheck(folder.files).requireWritable();
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

  /** Does the same, but files of the folder's tables may be damaged. */
  public static SweepFolder openDamaged(String path, Configuration configuration)
      throws IOException {
    return open(path, configuration, false);
  }

  private static SweepFolder open(String path, Configuration configuration, boolean sound)
      throws IOException {
    SweepFolder folder = new SweepFolder(new Path(path), configuration);
    new FolderCheck(folder.files).requireReadable(sound);
    return folder;
  }

  /** Whether there is anything at that path: a file, or a folder that is not empty. */
  public static boolean exists(String path, Configuration configuration) throws IOException {
    Path root = new Path(path);
    return FolderCheck.exists(new Storage(root, configuration), root);
  }

  /**
   * Called before anything is computed that is to be written.
   *
   * @throws IllegalArgumentException unless the file system is known to rename files atomically
   */
  public void requireAtomicRename() {
    if (!files().storage().renamesAtomically()) {
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

  /** Creates what is missing, and brings what depends on the version or the path up to date. */
  private void refresh() throws IOException {
    Path own = paths.newTemporary();
    files.storage().createFolder(own);
    try {
      refresh(own);
    } finally { // also where the disk is full, or it would be taken for a pack that is written
      files.storage().delete(own);
    }
  }

  private void refresh(Path own) throws IOException {
    Storage storage = files.storage();
    // First, so that a start that dies here leaves a folder that the next one knows as its own.
    storage.replaceText(
        new Path(own, FolderPaths.MARKER),
        paths.marker(),
        "{\"format\": %d}%n".formatted(FolderCheck.FORMAT));
    for (Table<?> table : Table.ALL) {
      Path folder = paths.table(table);
      storage.createFolder(folder);
      try (TableWriter<?> writer =
          new TableWriter<>(
              storage,
              table,
              new Path(own, table.tableName()),
              new Path(folder, table.schemaFile()))) {
        writer.finish(Map.of());
        writer.publish();
      }
    }
    storage.replaceText(new Path(own, "views"), paths.views(), Views.script(this));
  }

  /**
   * Takes the right to write, which one process has at a time.
   *
   * @param command what it is wanted for, for whoever else wants it
   * @param stop called at most once, by another thread, with the reason why the holder has to stop
   * @throws IllegalArgumentException if another process has it, saying which
   */
  public FolderLock lock(String command, Consumer<String> stop) throws IOException {
    return FolderLock.claim(files().storage(), path(), LockOwner.self(command), stop);
  }

  /**
   * Asks the process that has the right to write to stop, and waits until it has let go.
   *
   * @param timeout how long to wait
   * @return whether it has let go
   * @throws IllegalArgumentException if no process has it
   */
  public boolean cancel(Duration timeout) throws IOException {
    return FolderLock.cancel(files().storage(), path(), LockOwner.self("cancel"), timeout);
  }

  /** The log of what happens to this folder, for the process that has the right to write. */
  public EventLog events() {
    return new EventLog(files().storage(), path());
  }

  /** The checkpoints of runs in training. */
  public Checkpoints checkpoints() {
    return new Checkpoints(files().storage(), paths.checkpoints(), paths.temporary());
  }

  /** Starts to write a pack; called by the task that trains it. */
  public PackWriter startPack(RunPack pack, Provenance provenance) throws IOException {
    return new PackWriter(files(), pack, provenance);
  }

  /** How many packs are being written, or were when their tasks were killed. */
  public int packsInFlight() throws IOException {
    return (int)
        files().storage().list(paths.temporary()).stream().filter(FileStatus::isDirectory).count();
  }

  /** The runs that were ever asked for. */
  public PlannedRuns planned() {
    return new PlannedRuns(files());
  }

  /** The runs that exist. */
  public StoredRuns runs() {
    return new StoredRuns(files());
  }

  /** The samples of the runs. */
  public StoredSamples samples() {
    return new StoredSamples(files());
  }

  /** The generators of the runs. */
  public StoredGenerators generators() {
    return new StoredGenerators(files());
  }

  /** The metrics of the runs. */
  public StoredMetrics metrics() {
    return new StoredMetrics(files());
  }

  /** The tables that are computed from the others. */
  public TablesAcrossSeeds acrossSeeds() {
    return new TablesAcrossSeeds(files());
  }

  /** The files that are damaged. */
  public DamagedFiles damaged() {
    return new DamagedFiles(files());
  }

  /**
   * Deletes what killed drivers and tasks left: temporary files, files of parts in which no row of
   * {@code runs} counts, such as those that were merged into others, and checkpoints of runs that
   * exist. Called by the driver before its tasks start.
   *
   * @return how many files of tables were deleted
   */
  public int cleanUp() throws IOException {
    Storage storage = files().storage();
    storage.delete(paths.temporary());
    SortedMap<RunId, StoredRun> runs = runs().all();
    Set<String> parts = runs.values().stream().map(StoredRun::part).collect(Collectors.toSet());
    int deleted = 0;
    // The runs' own files first: without them the rest does not show.
    for (Table<?> table : Compaction.TABLES) {
      for (FileStatus file : files().list(table)) {
        if (!parts.contains(PartName.of(file.getPath()))) {
          storage.delete(file.getPath());
          deleted++;
        }
      }
    }
    checkpoints().delete(runs.keySet());
    return deleted;
  }

  /** The folder, as a qualified path. */
  public Path path() {
    return paths.folder();
  }

  FolderPaths paths() {
    return paths;
  }

  /** Made anew where the folder was sent to. */
  synchronized FolderFiles files() {
    if (files == null) {
      Configuration configuration = new Configuration();
      settings.forEach(configuration::set);
      try {
        files = new FolderFiles(new Storage(path(), configuration), paths);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot open " + this + ": " + e.getMessage(), e);
      }
    }
    return files;
  }

  @Override
  public String toString() {
    return ErrorText.path(path());
  }
}
