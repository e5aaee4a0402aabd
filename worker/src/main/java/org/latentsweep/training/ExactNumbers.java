package org.latentsweep.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes and reads the exact bits of arrays of numbers, big-endian, with their length first. */
final class ExactNumbers {
  private ExactNumbers() {}

  static void write(DataOutput out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    write(out, values.length, bytes);
  }

  static void write(DataOutput out, double[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
    bytes.asDoubleBuffer().put(values);
    write(out, values.length, bytes);
  }

  private static void write(DataOutput out, int length, ByteBuffer bytes) throws IOException {
    out.writeInt(length);
    out.write(bytes.array());
  }

  /**
   * Reads as many numbers as the array has.
   *
   * @throws IOException if another number of them was written
   */
  static void read(DataInput in, float[] values) throws IOException {
    read(in, values.length, Float.BYTES).asFloatBuffer().get(values);
  }

  /** Does the same in double precision. */
  static void read(DataInput in, double[] values) throws IOException {
    read(in, values.length, Double.BYTES).asDoubleBuffer().get(values);
  }

  private static ByteBuffer read(DataInput in, int length, int size) throws IOException {
    int found = in.readInt();
    if (found != length) { // the length of damaged data may be anything: do not allocate it
      throw new IOException("it holds " + found + " numbers where there should be " + length);
    }
    byte[] bytes = new byte[Math.multiplyExact(length, size)];
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
