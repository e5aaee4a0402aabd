package org.latentsweep.run;

import java.util.Arrays;

/**
 * Losses and accuracies of a run, one entry per step from step 1 on. Losses are means over the
 * batch, in nats for the cross-entropy losses. The discriminator's accuracy is the share of its
 * batch judged rightly, the generator's the share of its fakes judged real; both before the step's
 * update.
 */
public final class History {
  private int size;
  private float[] dLoss = new float[64];
  private float[] dAccuracy = new float[64];
  private float[] gLoss = new float[64];
  private float[] gAccuracy = new float[64];

  /** Creates an empty history. */
  public History() {}

  /** Appends the next step. */
  public void add(double dLoss, double dAccuracy, double gLoss, double gAccuracy) {
    if (size == this.dLoss.length) {
      grow();
    }
    this.dLoss[size] = (float) dLoss;
    this.dAccuracy[size] = (float) dAccuracy;
    this.gLoss[size] = (float) gLoss;
    this.gAccuracy[size] = (float) gAccuracy;
    size++;
  }

  private void grow() {
    int capacity = size * 2;
    dLoss = Arrays.copyOf(dLoss, capacity);
    dAccuracy = Arrays.copyOf(dAccuracy, capacity);
    gLoss = Arrays.copyOf(gLoss, capacity);
    gAccuracy = Arrays.copyOf(gAccuracy, capacity);
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
