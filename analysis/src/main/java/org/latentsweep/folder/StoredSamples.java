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
   * @param target the name of the target of the part's runs
   * @param latentDim the latent dimension k of the part's runs
   * @param part the name of the part
   * @param step the only step whose samples are wanted; empty for all steps
   * @throws IOException naming the file, if there is none or it cannot be read
   */
  public SampleReader ofPart(String target, int latentDim, String part, OptionalInt step)
      throws IOException {
    return new SampleReader(files.storage(), file(target, latentDim, part), Optional.empty(), step);
  }

  /**
   * Opens the samples of one run, without those of other runs of its part; empty if the part has no
   * samples.
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
