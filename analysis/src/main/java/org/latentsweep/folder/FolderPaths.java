package org.latentsweep.folder;

import java.io.Serializable;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.latentsweep.table.PartName;
import org.latentsweep.table.Table;

/**
 * The paths of the files of an output folder.
 *
 * @param root the folder, as a qualified path
 */
record FolderPaths(String root) implements Serializable {
  static final String EXTENSION = ".parquet";
  static final String MARKER = "_latentsweep.json";
  static final String TEMPORARY = "_temporary";

  /** Returns the output folder itself. */
  Path folder() {
    return new Path(root);
  }

  /** Returns the file that says that the folder is latentsweep's, and its format. */
  Path marker() {
    return new Path(root, MARKER);
  }

  /** Returns the SQL script that makes the views. */
  Path views() {
    return new Path(root, "views.sql");
  }

  /** Returns the list of {@link PlannedRuns}. */
  Path planned() {
    return new Path(root, "_planned.txt");
  }

  /** Returns the folder of {@link Checkpoints}. */
  Path checkpoints() {
    return new Path(root, "_checkpoints");
  }

  /** Returns the folder to which {@link DamagedFiles} are moved. */
  Path damaged() {
    return new Path(root, "_damaged");
  }

  /** Returns the folder in which files are written before they are renamed. */
  Path temporary() {
    return new Path(root, TEMPORARY);
  }

  /** Returns an unused path in {@link #temporary}. */
  Path newTemporary() {
    return new Path(temporary(), UUID.randomUUID().toString());
  }

  /** Returns the folder of a table. */
  Path table(Table<?> table) {
    return new Path(root, table.tableName());
  }

  /** Returns the file of a table that holds the rows of a part. */
  Path part(Table<?> table, String target, int latentDim, String part) {
    Path folder = table(table);
    if (table == Table.SAMPLES) {
      folder = new Path(new Path(folder, "target=" + target), "latent_dim=" + latentDim);
    }
    return new Path(folder, part + EXTENSION);
  }

  /** Returns the same for a table that has no columns that name folders. */
  Path part(Table<?> table, String part) {
    return new Path(table(table), part + EXTENSION);
  }

  /** Returns the file of {@code runs} that commits a pack. */
  Path runsOfPack(String packId) {
    return part(Table.RUNS, PartName.ofPack(packId));
  }

  /** Returns the file that holds a set of metrics of a part. */
  Path metrics(String part, String set) {
    return part(Table.METRICS, part + "-" + set);
  }

  /** Returns the only file of a table across seeds. */
  Path acrossSeeds(Table<?> table) {
    return part(table, table.tableName());
  }

  /** Returns a path relative to the folder. */
  String relative(Path file) {
    return folder().toUri().relativize(file.toUri()).getPath();
  }
}
