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
 * The checkpoints of runs in training: a file of each in {@code _checkpoints} of an output folder,
 * out of sight of Spark. A new one is written in {@code _temporary} and renamed over the last. For
 * one task or one command: what others write after the first call here does not show. Used by one
 * thread.
 */
public final class Checkpoints implements CheckpointStore {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private static final String EXTENSION = ".checkpoint";
  private static final Pattern NAME = Pattern.compile("(\\p{XDigit}{16})\\" + EXTENSION);

  private final Storage storage;
  private final Path folder;
  private final Path temporary;
  private Set<RunId> present; // null until asked for, and then once: a look at each run costs more

  Checkpoints(Storage storage, Path folder, Path temporary) {
    this.storage = storage;
    this.folder = folder;
    this.temporary = temporary;
  }

  /** The runs that have one. */
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
      storage.delete(own); // half of it on a full disk is in the way of better files
      throw e;
    }
    present().add(run);
  }

  /**
   * Deletes the checkpoints of runs that need none any more. Where this fails a warning says so,
   * and {@link SweepFolder#cleanUp} does it.
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
