package org.latentsweep.folder;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.fs.Path;
import org.latentsweep.table.SampleReader;
import org.latentsweep.table.Table;

/** The samples in an output folder. */
public final class StoredSamples {
  private final FolderFiles files;

  StoredSamples(FolderFiles files) {
    this.files = files;
  }

  /**
   * Opens the samples of a part.
   *
   * @param target of its runs
   * @param latentDim latent dimension k of its runs
   * @param part name of its files
   * @param step after which samples are wanted; empty for all
   * @throws IOException naming the file, where there is none or it is no such file
   */
  public SampleReader ofPart(String target, int latentDim, String part, OptionalInt step)
      throws IOException {
    return new SampleReader(files.storage(), file(target, latentDim, part), Optional.empty(), step);
  }

  /**
   * Opens the samples of one run, without those that are stored beside them; empty where no run of
   * its part has any.
   *
   * @throws IOException naming the file that cannot be read
   */
  public Optional<SampleReader> of(StoredRun run) throws IOException {
    Path file = file(run.row().target(), run.row().latentDim(), run.part());
    return files.storage().exists(file)
        ? Optional.of(
            new SampleReader(
                files.storage(), file, Optional.of(run.id().hex()), OptionalInt.empty()))
        : Optional.empty();
  }

  private Path file(String target, int latentDim, String part) {
    return files.paths().part(Table.SAMPLES, target, latentDim, part);
  }
}
