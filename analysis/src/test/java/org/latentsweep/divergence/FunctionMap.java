package org.latentsweep.divergence;

import java.util.function.UnaryOperator;
import org.latentsweep.mapping.LatentMap;

/** A generator given by a function, with central differences as derivatives. */
record FunctionMap(int latentDimension, int dimensions, UnaryOperator<double[]> g)
    implements LatentMap {
  private static final double STEP = 1e-6; // relative, for latents near the end of uniform noise

  @Override
  public void value(double[] z, double[] x) {
    System.arraycopy(g.apply(z), 0, x, 0, dimensions);
  }

  @Override
  public void valueAndJacobian(double[] z, double[] x, double[] jacobian) {
    value(z, x);
    double[] moved = z.clone();
    for (int j = 0; j < z.length; j++) {
      double step = STEP * Math.min(1, Math.abs(z[j]) + Double.MIN_NORMAL);
      moved[j] = z[j] + step;
      double[] above = g.apply(moved);
      moved[j] = z[j] - step;
      double[] below = g.apply(moved);
      moved[j] = z[j];
      for (int c = 0; c < x.length; c++) {
        jacobian[c * z.length + j] = (above[c] - below[c]) / (2 * step);
      }
    }
  }
}
