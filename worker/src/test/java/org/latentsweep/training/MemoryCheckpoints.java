package org.latentsweep.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentsweep.run.RunId;

/** A store in memory that also keeps all checkpoints that were ever written. */
final class MemoryCheckpoints implements CheckpointStore {
  final Map<RunId, byte[]> last = new HashMap<>();
  final List<byte[]> written = new ArrayList<>();

  /** Returns a store with one checkpoint. */
  static MemoryCheckpoints of(RunId run, byte[] checkpoint) {
    MemoryCheckpoints store = new MemoryCheckpoints();
    store.last.put(run, checkpoint);
    return store;
  }

  @Override
  public Optional<InputStream> read(RunId run) {
    return Optional.ofNullable(last.get(run)).map(ByteArrayInputStream::new);
  }

  @Override
  public void write(RunId run, Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.writeTo(out);
    last.put(run, out.toByteArray());
    written.add(out.toByteArray());
  }

  /** Returns the steps of the written checkpoints, in the order of writing. */
  List<Integer> steps() throws IOException {
    List<Integer> steps = new ArrayList<>();
    for (byte[] checkpoint : written) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(checkpoint));
      in.readLong();
      in.readInt();
      for (int text = 0; text < 3; text++) {
        in.readUTF();
      }
      steps.add(in.readInt());
    }
    return steps;
  }
}
