package org.latentsweep.folder;

import java.io.Serializable;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.latentsweep.table.PartName;
import org.latentsweep.table.Table;

/**
 * Where the files of an output folder are.
 *
 * @param root the folder, as a qualified path
 */
record FolderPaths(String root) implements Serializable {
  static final String EXTENSION = ".parquet";
  static final String MARKER = "_latentsweep.json";
  static final String TEMPORARY = "_temporary";

  Path folder() {
    return new Path(root);
  }

  Path marker() {
    return new Path(root, MARKER);
  }

  Path views() {
    return new Path(root, "views.sql");
  }

  Path planned() {
    return new Path(root, "_planned.txt");
  }

  Path checkpoints() {
    return new Path(root, "_checkpoints");
  }

  Path damaged() {
    return new Path(root, "_damaged");
  }

  /** Where files are written before they are renamed to their places. */
  Path temporary() {
    return new Path(root, TEMPORARY);
  }

  /** A file or folder in {@link #temporary} that no one else uses. */
  Path newTemporary() {
    return new Path(temporary(), UUID.randomUUID().toString());
  }

  Path table(Table<?> table) {
    return new Path(root, table.tableName());
  }

  /** The file of a table that holds rows of a part. */
  Path part(Table<?> table, String target, int latentDim, String part) {
    Path folder = table(table);
    if (table == Table.SAMPLES) {
      folder = new Path(new Path(folder, "target=" + target), "latent_dim=" + latentDim);
    }
    return new Path(folder, part + EXTENSION);
  }

  /** The file of a table whose columns are all in its files that holds rows of a part. */
  Path part(Table<?> table, String part) {
    return new Path(table(table), part + EXTENSION);
  }

  Path runsOfPack(String packId) {
    return part(Table.RUNS, PartName.ofPack(packId));
  }

  Path metrics(String part, String set) {
    return part(Table.METRICS, part + "-" + set);
  }

  /** The file of a table across seeds, which is its only one. */
  Path acrossSeeds(Table<?> table) {
    return part(table, table.tableName());
  }

  String relative(Path file) {
    return folder().toUri().relativize(file.toUri()).getPath();
  }
}
