package org.latentsweep.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.latentsweep.run.RunId;

/** Where the checkpoints of runs are kept, one of each at most. */
public interface CheckpointStore {

  /** What a checkpoint consists of. */
  interface Content {
    /** Writes it, and leaves the stream open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Opens the checkpoint of a run; empty where there is none. */
  Optional<InputStream> read(RunId run) throws IOException;

  /** Puts a checkpoint in the place of the run's last one, which stays if this fails. */
  void write(RunId run, Content content) throws IOException;
}
