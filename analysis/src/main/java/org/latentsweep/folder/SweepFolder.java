package org.latentsweep.folder;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
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
 * The output folder of a sweep. It holds a folder for each {@link Table}, the script {@code
 * views.sql}, temporary files in {@code _temporary}, {@link Checkpoints}, and {@code
 * _latentsweep.json}, which says that the folder is latentsweep's.
 *
 * <p><b>Which rows exist.</b> A run exists if {@code runs} holds a row of it. A pack of runs is
 * written as a part: one file of the same name in each table, of which that of {@code runs} is
 * renamed to its destination last. If {@code runs} holds two rows of a run, because Spark
 * considered a task lost or while parts are merged, the one in the part whose name sorts first
 * counts. Rows of a run in other tables count only in the same part. A row that was written twice
 * or left behind by a killed task is therefore never read. Readers list the files of {@code runs}
 * before those of other tables.
 *
 * <p><b>What the file system must do.</b> It must rename a file atomically, also over another file.
 * Local file systems and HDFS do. Object stores do not, because their rename is a copy. On a file
 * system that is not known to do so, a folder can be read but not written, unless the setting
 * {@value Storage#ATOMIC_RENAME} lists the scheme.
 *
 * <p><b>Who may write.</b> Only the process that holds the {@link #lock} may clean up or drop runs.
 * Any number of tasks may write packs. A folder can be sent to tasks, with the Hadoop settings that
 * it was opened with.
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

  /** Returns the settings that differ from Hadoop's many defaults, which every executor has. */
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
   * @param path a local path, or a URI of a file system that Hadoop knows
   * @throws IllegalArgumentException listing all problems, if the folder cannot be used
   * @throws IOException if the folder cannot be read or written
   */
  public static SweepFolder create(String path, Configuration configuration) throws IOException {
    SweepFolder folder = new SweepFolder(root(path), configuration);
    folder.requireAtomicRename();
    new FolderCheck(folder.files).requireWritable();
    folder.refresh();
    return folder;
  }

  /**
   * Opens the output folder of a sweep that was started before. Writes nothing, except the script
   * of views if the folder was copied or moved.
   *
   * @param path a local path, or a URI of a file system that Hadoop knows
   * @throws IllegalArgumentException listing all problems, if the folder cannot be used
   * @throws IOException if the folder cannot be read
   */
  public static SweepFolder open(String path, Configuration configuration) throws IOException {
    return open(path, configuration, true);
  }

  /** Does the same as {@link #open}, but files of the folder's tables may be damaged. */
  public static SweepFolder openDamaged(String path, Configuration configuration)
      throws IOException {
    return open(path, configuration, false);
  }

  private static SweepFolder open(String path, Configuration configuration, boolean sound)
      throws IOException {
    SweepFolder folder = new SweepFolder(root(path), configuration);
    new FolderCheck(folder.files).requireReadable(sound);
    Views.refreshIfMoved(folder);
    return folder;
  }

  /** Returns whether there is a file at a path, or a folder that is not empty. */
  public static boolean exists(String path, Configuration configuration) throws IOException {
    Path root = root(path);
    return FolderCheck.exists(new Storage(root, configuration), root);
  }

  private static Path root(String path) {
    try {
      return new Path(path);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Cannot use '%s': it is neither a path nor a URI", path), e);
    }
  }

  /** Returns the free bytes of the disk that a folder is on, or would be. */
  public static long freeBytes(String path, Configuration configuration) throws IOException {
    Path root = root(path);
    return new Storage(root, configuration).freeBytes(root);
  }

  /**
   * Checks that the file system can be written to. Call this before computing what is to be
   * written.
   *
   * @throws IllegalArgumentException unless the file system is known to rename files atomically
   */
  public void requireAtomicRename() {
    if (!files().storage().renamesAtomically()) {
      String scheme = path().toUri().getScheme();
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "Cannot write to %s: rows are committed by renaming files, which %s is not known to do",
                  this,
                  scheme)
              + " atomically (an object store copies), so that a crash could lose or half-show"
              + " runs; write to HDFS or a shared disk, and copy the finished folder, or, where"
              + String.format(
                  Locale.ROOT,
                  " its rename is atomic, set spark.hadoop.%s=%s",
                  Storage.ATOMIC_RENAME,
                  scheme));
    }
  }

  /**
   * Writes the files that depend on the version or the path, and creates missing folders: a folder
   * of an older format has the current one from then on.
   *
   * @throws IOException if a file cannot be written
   */
  public void refresh() throws IOException {
    Path own = paths.newTemporary();
    files().storage().createFolder(own);
    try {
      refresh(own);
    } finally { // even if the disk is full, as it would be counted as a pack that is being written
      files().storage().delete(own);
    }
  }

  private void refresh(Path own) throws IOException {
    Storage storage = files().storage();
    // The marker comes first, so that after a crash the folder is known to be latentsweep's.
    storage.replaceText(
        new Path(own, FolderPaths.MARKER),
        paths.marker(),
        String.format(Locale.ROOT, "{\"format\": %d}%n", FolderCheck.FORMAT));
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
   * Claims the right to write, which one process holds at a time.
   *
   * @param command the command that needs it, which other processes name in their messages
   * @param onStop called at most once, by another thread, with the reason why this process has to
   *     stop
   * @throws IllegalArgumentException naming the owner, if another process holds the lock
   * @throws IOException if the file system fails
   */
  public FolderLock lock(String command, Consumer<String> onStop) throws IOException {
    return FolderLock.claim(files().storage(), path(), LockOwner.self(command), onStop);
  }

  /**
   * Asks the process that holds the {@link #lock} to stop, and waits until it has released it.
   *
   * @param timeout how long to wait
   * @return whether the process released the lock in that time
   * @throws IllegalArgumentException if no process holds the lock
   * @throws IOException if the file system fails
   */
  public boolean cancel(Duration timeout) throws IOException {
    return FolderLock.cancel(files().storage(), path(), LockOwner.self("cancel"), timeout);
  }

  /** Returns the log of events, which only the process that holds the {@link #lock} may write. */
  public EventLog events() {
    return new EventLog(files().storage(), path());
  }

  /** Returns the checkpoints of runs in training. */
  public Checkpoints checkpoints() {
    return new Checkpoints(files().storage(), paths.checkpoints(), paths.temporary());
  }

  /**
   * Starts to write a pack.
   *
   * @throws IOException if the temporary folder cannot be created
   */
  public PackWriter startPack(RunPack pack, Provenance provenance) throws IOException {
    return new PackWriter(files(), pack, provenance);
  }

  /**
   * Returns the number of packs that are being written, including those of killed tasks.
   *
   * @throws IOException if the temporary folder cannot be listed
   */
  public int packsInFlight() throws IOException {
    return (int)
        files().storage().list(paths.temporary()).stream().filter(FileStatus::isDirectory).count();
  }

  /** Returns the runs that were ever planned. */
  public PlannedRuns planned() {
    return new PlannedRuns(files());
  }

  /** Returns the runs that exist. */
  public StoredRuns runs() {
    return new StoredRuns(files());
  }

  /** Returns the samples of the runs. */
  public StoredSamples samples() {
    return new StoredSamples(files());
  }

  /** Returns the generators of the runs. */
  public StoredGenerators generators() {
    return new StoredGenerators(files());
  }

  /** Returns the metrics of the runs. */
  public StoredMetrics metrics() {
    return new StoredMetrics(files());
  }

  /** Returns the tables that are computed from the others. */
  public TablesAcrossSeeds acrossSeeds() {
    return new TablesAcrossSeeds(files());
  }

  /** Returns the files that are damaged. */
  public DamagedFiles damaged() {
    return new DamagedFiles(files());
  }

  /**
   * Deletes what is no longer needed: temporary files, files of parts of which no run counts, such
   * as those that were merged into others, and checkpoints of runs that exist. Only the process
   * that holds the {@link #lock} may call this, while none of its tasks run.
   *
   * @return the number of deleted files of tables
   * @throws IOException if a file cannot be read or deleted
   */
  public int cleanUp() throws IOException {
    Storage storage = files().storage();
    storage.delete(paths.temporary());
    SortedMap<RunId, StoredRun> runs = runs().all();
    Set<String> parts = runs.values().stream().map(StoredRun::part).collect(Collectors.toSet());
    int deleted = 0;
    // The files of runs come first: without them the files of the other tables are not read.
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

  /** Returns the folder as a qualified path. */
  public Path path() {
    return paths.folder();
  }

  /** Returns the paths of the folder's files. */
  FolderPaths paths() {
    return paths;
  }

  /** Returns the access to the folder's files, which is made anew after the folder was sent. */
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
