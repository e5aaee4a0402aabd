package org.latentsweep.run;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Losses and accuracies of a run, one entry per step from step 1 on. Losses are means over the
 * batch, in nats for the cross-entropy losses. The discriminator's accuracy is the share of its
 * batch judged rightly, the generator's the share of its fakes judged real; both before the step's
 * update.
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
   * @param steps the most it has room for
   */
  public History(int steps) {
    dLoss = new float[steps];
    dAccuracy = new float[steps];
    gLoss = new float[steps];
    gAccuracy = new float[steps];
  }

  /** Appends the next step. */
  public void add(double dLoss, double dAccuracy, double gLoss, double gAccuracy) {
    this.dLoss[size] = number(dLoss);
    this.dAccuracy[size] = number(dAccuracy);
    this.gLoss[size] = number(gLoss);
    this.gAccuracy[size] = number(gAccuracy);
    size++;
  }

  /**
   * One NaN of the many: which one arithmetic gives hangs on the order in which compiled code takes
   * its operands, and the same run is to have the same bits.
   */
  private static float number(double value) {
    return Double.isNaN(value) ? Float.NaN : (float) value;
  }

  /** Writes all entries, bit by bit. */
  public void save(DataOutput out) throws IOException {
    out.writeInt(size);
    for (float[] series : series()) {
      for (int i = 0; i < size; i++) {
        out.writeInt(Float.floatToRawIntBits(series[i]));
      }
    }
  }

  /**
   * Takes over the entries that {@link #save} wrote, in the place of those here.
   *
   * @throws IOException if there is no room for so many
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

  /** How many steps there are. */
  public int size() {
    return size;
  }

  /** The discriminator's loss at entry i, which is step i + 1. */
  public float dLoss(int i) {
    return dLoss[i];
  }

  /** The discriminator's accuracy at entry i. */
  public float dAccuracy(int i) {
    return dAccuracy[i];
  }

  /** The generator's loss at entry i. */
  public float gLoss(int i) {
    return gLoss[i];
  }

  /** The generator's accuracy at entry i. */
  public float gAccuracy(int i) {
    return gAccuracy[i];
  }
}
