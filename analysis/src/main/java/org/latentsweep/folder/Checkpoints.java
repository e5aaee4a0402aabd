package org.latentsweep.folder;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.RunId;
import org.latentsweep.table.ErrorText;
import org.latentsweep.table.Storage;
import org.latentsweep.training.CheckpointStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of runs in training. Each is a file in the folder {@code _checkpoints} of an
 * output folder, whose name hides it from Spark. A new checkpoint is written in {@code _temporary}
 * and then renamed over the last one. An object serves one task or one command: it lists the folder
 * once, and does not see what others write after that. Not thread-safe.
 */
public final class Checkpoints implements CheckpointStore {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private static final String EXTENSION = ".checkpoint";
  private static final Pattern NAME = Pattern.compile("(\\p{XDigit}{16})\\" + EXTENSION);

  private final Storage storage;
  private final Path folder;
  private final Path temporary;
  private Set<RunId> present; // listed on the first use, and null before

  Checkpoints(Storage storage, Path folder, Path temporary) {
    this.storage = storage;
    this.folder = folder;
    this.temporary = temporary;
  }

  /** Returns the runs that have a checkpoint. */
  Set<RunId> present() throws IOException {
    if (present == null) {
      present =
          storage.list(folder).stream()
              .map(file -> NAME.matcher(file.getPath().getName()))
              .filter(Matcher::matches)
              .map(name -> new RunId(name.group(1)))
              .collect(Collectors.toSet());
    }
    return present;
  }

  @Override
  public Optional<InputStream> read(RunId run) throws IOException {
    return present().contains(run) ? Optional.of(storage.open(file(run))) : Optional.empty();
  }

  @Override
  public void write(RunId run, Content content) throws IOException {
    Path own = new Path(temporary, run.hex() + "-" + UUID.randomUUID() + EXTENSION);
    try {
      storage.createFolder(folder);
      storage.replace(own, file(run), content::writeTo);
    } catch (IOException e) {
      storage.delete(own); // a part of it would take space on a disk that may be full
      throw e;
    }
    present().add(run);
  }

  /**
   * Deletes the checkpoints of finished runs. If this fails, it logs a warning, and leaves the rest
   * to {@link SweepFolder#cleanUp}.
   */
  public void delete(Collection<RunId> runs) {
    try {
      for (RunId run : runs) {
        if (present().remove(run)) {
          storage.delete(file(run));
        }
      }
    } catch (IOException e) {
      LOG.warn("Cannot delete checkpoints of finished runs: {}", ErrorText.reason(e));
    }
  }

  private Path file(RunId run) {
    return new Path(folder, run.hex() + EXTENSION);
  }
}
