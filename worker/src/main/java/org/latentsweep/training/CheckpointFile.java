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
import java.util.Locale;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.latentsweep.run.RunId;

/**
 * The format of a checkpoint: a header with the format's version, the run, the back end and the
 * device, then the state, then a checksum of all before it.
 *
 * @param run the run whose state it holds
 * @param backend the back end that trained the run
 * @param device the device that trained the run; another device can give other bits
 */
record CheckpointFile(RunId run, String backend, String device) {
  private static final long MAGIC = 0x6C73_7765_6570_6370L; // "lsweepcp"

  /** Raise this when the saved state changes, or the bits that the next steps compute from it. */
  private static final int FORMAT = 3;

  /** Writes a state. */
  interface Saving {
    void save(DataOutput out) throws IOException;
  }

  /** Reads a state. */
  interface Loading {
    void load(DataInput in) throws IOException;
  }

  /** Writes the header, a state and the checksum. */
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
   * Checks the header, reads the state and checks the checksum. The state may already be loaded, in
   * part or whole, when the checksum shows that it is damaged.
   *
   * @throws IOException if it cannot be read, is damaged, or has another header
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
      throw new IOException(
          String.format(Locale.ROOT, "its %s is '%s', not '%s'", what, found, wanted));
    }
  }
}
