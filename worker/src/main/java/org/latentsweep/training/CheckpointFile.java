package org.latentsweep.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.latentsweep.run.RunId;

/**
 * The form of a checkpoint: what it is and where it comes from, the state, and a checksum of it
 * all.
 *
 * @param run whose state it holds
 * @param backend that trained the run
 * @param device that it was trained on: another one can give other bits
 */
record CheckpointFile(RunId run, String backend, String device) {
  private static final long MAGIC = 0x6C73_7765_6570_6370L; // "lsweepcp"

  /** Goes up when what is saved changes, or what the next steps make of it. */
  private static final int FORMAT = 3;

  /** Writes a state. */
  interface Saving {
    void save(DataOutput out) throws IOException;
  }

  /** Reads a state. */
  interface Loading {
    void load(DataInput in) throws IOException;
  }

  void write(OutputStream out, Saving state) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(checked));
    data.writeLong(MAGIC);
    data.writeInt(FORMAT);
    data.writeUTF(run.hex());
    data.writeUTF(backend);
    data.writeUTF(device);
    state.save(data);
    data.flush();
    data.writeLong(checked.getChecksum().getValue());
    data.flush();
  }

  /**
   * Reads a state. It may have been taken over in part or whole when its end shows that it is
   * damaged.
   *
   * @throws IOException if it cannot be read, is damaged, or comes from elsewhere
   */
  void read(InputStream in, Loading state) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(new BufferedInputStream(in), new CRC32C());
    DataInputStream data = new DataInputStream(checked);
    try {
      if (data.readLong() != MAGIC) {
        throw new IOException("it is no checkpoint");
      }
      requireSame("format", String.valueOf(data.readInt()), String.valueOf(FORMAT));
      requireSame("run", data.readUTF(), run.hex());
      requireSame("back end", data.readUTF(), backend);
      requireSame("device", data.readUTF(), device);
      state.load(data);
      long sum = checked.getChecksum().getValue();
      if (data.readLong() != sum || data.read() >= 0) {
        throw new IOException("its checksum is wrong");
      }
    } catch (EOFException e) {
      throw new IOException("it ends too early", e);
    }
  }

  private static void requireSame(String what, String found, String wanted) throws IOException {
    if (!found.equals(wanted)) {
      throw new IOException("its %s is '%s', not '%s'".formatted(what, found, wanted));
    }
  }
}
