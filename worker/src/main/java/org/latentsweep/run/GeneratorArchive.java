package org.latentsweep.run;

/** The bytes of a trained generator's DL4J {@code MultiLayerNetwork} archive. */
public final class GeneratorArchive {
  private final byte[] bytes;

  /** Keeps the array itself, not a copy. */
  public GeneratorArchive(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the archive as {@code ModelSerializer} writes it, not a copy. */
  public byte[] bytes() {
    return bytes;
  }
}
