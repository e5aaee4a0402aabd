package org.latentsweep.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.latentsweep.run.RunId;

/** The place where checkpoints are kept, at most one for each run. */
public interface CheckpointStore {

  /** The content of a checkpoint. */
  interface Content {
    /** Writes the content and leaves the stream open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Opens the checkpoint of a run; empty if there is none. */
  Optional<InputStream> read(RunId run) throws IOException;

  /**
   * Writes a checkpoint that replaces the run's last one.
   *
   * @throws IOException if that fails, or if the content throws it; the last one then stays
   */
  void write(RunId run, Content content) throws IOException;
}
