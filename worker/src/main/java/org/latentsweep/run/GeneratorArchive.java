package org.latentsweep.run;

/** A trained generator as the bytes of a DL4J {@code MultiLayerNetwork} archive. */
public final class GeneratorArchive {
  private final byte[] bytes;

  /** Keeps the bytes as they are, without a copy. */
  public GeneratorArchive(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The archive, as {@code ModelSerializer} writes it. */
  public byte[] bytes() {
    return bytes;
  }
}
