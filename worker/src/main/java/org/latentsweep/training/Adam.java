package org.latentsweep.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.latentsweep.network.AdamSpec;

/** Adam in single precision for the parameters of one network, which may be in any order. */
final class Adam {
  private final AdamSpec spec;
  private final float[] m; // the first moment
  private final float[] v; // the second moment
  private int updates;

  Adam(AdamSpec spec, int parameters) {
    this.spec = spec;
    m = new float[parameters];
    v = new float[parameters];
  }

  /**
   * Does one step.
   *
   * @param p the parameters, updated in place; numbers beyond the length of g are left alone
   * @param g their gradient
   */
  void step(float[] p, float[] g) {
    updates++;
    float beta1 = (float) spec.beta1();
    float beta2 = (float) spec.beta2();
    float oneMinusBeta1 = (float) (1 - spec.beta1());
    float oneMinusBeta2 = (float) (1 - spec.beta2());
    float rate = (float) (spec.learningRate() / (1 - Math.pow(spec.beta1(), updates)));
    float correction2 = (float) (1 / (1 - Math.pow(spec.beta2(), updates)));
    float epsilon = (float) spec.epsilon();
    for (int i = 0; i < g.length; i++) { // the compiler vectorises this loop
      m[i] = beta1 * m[i] + oneMinusBeta1 * g[i];
      v[i] = beta2 * v[i] + oneMinusBeta2 * (g[i] * g[i]);
      p[i] -= rate * m[i] / ((float) Math.sqrt(v[i] * correction2) + epsilon);
    }
  }

  void save(DataOutput out) throws IOException {
    ExactNumbers.write(out, m);
    ExactNumbers.write(out, v);
    out.writeInt(updates);
  }

  void load(DataInput in) throws IOException {
    ExactNumbers.read(in, m);
    ExactNumbers.read(in, v);
    updates = in.readInt();
  }
}
