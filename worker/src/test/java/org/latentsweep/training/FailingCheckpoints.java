package org.latentsweep.training;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentsweep.run.RunId;

/** A store that can neither read nor write. */
final class FailingCheckpoints implements CheckpointStore {
  /** The runs of all calls. */
  final List<RunId> calls = new ArrayList<>();

  @Override
  public Optional<InputStream> read(RunId run) throws IOException {
    calls.add(run);
    throw new IOException("Cannot read: no disk");
  }

  @Override
  public void write(RunId run, Content content) throws IOException {
    calls.add(run);
    throw new IOException("Cannot write: no space");
  }
}
