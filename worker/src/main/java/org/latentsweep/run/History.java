package org.latentsweep.run;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The losses and accuracies of a run, one entry per step, beginning with step 1. A loss is the mean
 * over the batch, in nats for the cross-entropy losses. The discriminator's accuracy is the share
 * of its batch that it judged correctly; the generator's is the share of its fakes that were judged
 * real. A network's loss and accuracy are those before its update in that step.
 */
public final class History {
  private final float[] dLoss;
  private final float[] dAccuracy;
  private final float[] gLoss;
  private final float[] gAccuracy;
  private int size;

  /**
   * Creates an empty history.
   *
   * @param steps the number of entries it has room for
   */
  public History(int steps) {
    dLoss = new float[steps];
    dAccuracy = new float[steps];
    gLoss = new float[steps];
    gAccuracy = new float[steps];
  }

  /** Appends the entry of the next step. */
  public void add(double dLoss, double dAccuracy, double gLoss, double gAccuracy) {
    this.dLoss[size] = rounded(dLoss);
    this.dAccuracy[size] = rounded(dAccuracy);
    this.gLoss[size] = rounded(gLoss);
    this.gAccuracy[size] = rounded(gAccuracy);
    size++;
  }

  /**
   * Rounds to single precision and replaces every NaN by the same one. Which NaN an operation
   * returns depends on the order of its operands in the compiled code, but the same run must give
   * the same bits.
   */
  private static float rounded(double value) {
    return Double.isNaN(value) ? Float.NaN : (float) value;
  }

  /** Writes the exact bits of all entries. */
  public void save(DataOutput out) throws IOException {
    out.writeInt(size);
    for (float[] series : series()) {
      for (int i = 0; i < size; i++) {
        out.writeInt(Float.floatToRawIntBits(series[i]));
      }
    }
  }

  /**
   * Replaces all entries by those that {@link #save} wrote.
   *
   * @throws IOException if there is no room for them
   */
  public void load(DataInput in) throws IOException {
    size = in.readInt();
    if (size < 0 || size > dLoss.length) {
      throw new IOException("it holds " + size + " steps of a run of " + dLoss.length);
    }
    for (float[] series : series()) {
      for (int i = 0; i < size; i++) {
        series[i] = Float.intBitsToFloat(in.readInt());
      }
    }
  }

  private List<float[]> series() {
    return List.of(dLoss, dAccuracy, gLoss, gAccuracy);
  }

  /** Returns the number of entries. */
  public int size() {
    return size;
  }

  /** Returns the discriminator's loss of entry i, which is step i + 1. */
  public float dLoss(int i) {
    return dLoss[i];
  }

  /** Returns the discriminator's accuracy of entry i. */
  public float dAccuracy(int i) {
    return dAccuracy[i];
  }

  /** Returns the generator's loss of entry i. */
  public float gLoss(int i) {
    return gLoss[i];
  }

  /** Returns the generator's accuracy of entry i. */
  public float gAccuracy(int i) {
    return gAccuracy[i];
  }
}
