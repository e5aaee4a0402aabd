package org.latentsweep.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.latentsweep.network.AdamSpec;

/** Adam in single precision, with the moments of one network's parameters in whatever order. */
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

  /** One step of the first parameters in p along their gradient g, in place. */
  void step(float[] p, float[] g) {
    updates++;
    float beta1 = (float) spec.beta1();
    float beta2 = (float) spec.beta2();
    float rest1 = (float) (1 - spec.beta1());
    float rest2 = (float) (1 - spec.beta2());
    float rate = (float) (spec.learningRate() / (1 - Math.pow(spec.beta1(), updates)));
    float correction2 = (float) (1 / (1 - Math.pow(spec.beta2(), updates)));
    float epsilon = (float) spec.epsilon();
    for (int i = 0; i < g.length; i++) { // the compiler makes vector code of this loop
      m[i] = beta1 * m[i] + rest1 * g[i];
      v[i] = beta2 * v[i] + rest2 * (g[i] * g[i]);
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
