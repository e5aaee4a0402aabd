package org.latentsweep.mapping;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Maps whose metrics are known. */
final class Maps {
  private Maps() {}

  /** Returns x = A z, with A given by its rows. */
  static LatentMap linear(double[]... rows) {
    return new LatentMap() {
      @Override
      public int latentDimension() {
        return rows[0].length;
      }

      @Override
      public int dimensions() {
        return rows.length;
      }

      @Override
      public void value(double[] z, double[] x) {
        for (int c = 0; c < rows.length; c++) {
          x[c] = 0;
          for (int j = 0; j < z.length; j++) {
            x[c] += rows[c][j] * z[j];
          }
        }
      }

      @Override
      public void valueAndJacobian(double[] z, double[] x, double[] jacobian) {
        value(z, x);
        for (int c = 0; c < rows.length; c++) {
          System.arraycopy(rows[c], 0, jacobian, c * z.length, z.length);
        }
      }
    };
  }

  static LatentMap rotation(double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return linear(new double[] {cos, -sin}, new double[] {sin, cos});
  }

  static LatentMap identity(int d) {
    double[][] rows = new double[d][d];
    for (int j = 0; j < d; j++) {
      rows[j][j] = 1;
    }
    return linear(rows);
  }

  /** Returns a function with a numerical derivative, which is right except where it jumps. */
  static LatentMap numerical(int k, int d, UnaryOperator<double[]> function) {
    double step = 1e-6;
    return new LatentMap() {
      @Override
      public int latentDimension() {
        return k;
      }

      @Override
      public int dimensions() {
        return d;
      }

      @Override
      public void value(double[] z, double[] x) {
        System.arraycopy(function.apply(z.clone()), 0, x, 0, d);
      }

      @Override
      public void valueAndJacobian(double[] z, double[] x, double[] jacobian) {
        value(z, x);
        for (int j = 0; j < k; j++) {
          double[] moved = z.clone();
          moved[j] += step;
          double[] above = function.apply(moved.clone());
          moved[j] -= 2 * step;
          double[] below = function.apply(moved);
          for (int c = 0; c < d; c++) {
            jacobian[c * k + j] = (above[c] - below[c]) / (2 * step);
          }
        }
      }
    };
  }

  /** Returns the map that folds z_1 back: (fold + |z_1 - fold|, z_2, ...). */
  static LatentMap foldedAt(double fold, int d) {
    return numerical(
        d,
        d,
        z -> {
          z[0] = fold + Math.abs(z[0] - fold);
          return z;
        });
  }

  /** Returns the map that moves the two halves of z_1 apart by a gap. */
  static LatentMap torn(double gap, int k) {
    return numerical(
        k,
        Math.min(k, 2),
        z -> {
          z[0] += z[0] > 0 ? gap : 0;
          return Arrays.copyOf(z, Math.min(k, 2));
        });
  }
}
