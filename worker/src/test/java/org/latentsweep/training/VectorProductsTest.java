package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The products against plain loops, at any sizes. */
class VectorProductsTest {
  private int rows;
  private int n;
  private int c;
  private SplittableRandom random;

  private void draw(int seed) {
    random = new SplittableRandom(seed);
    rows = 1 + random.nextInt(70);
    n = 1 + random.nextInt(70);
    c = 1 + random.nextInt(70);
  }

  /** [rows, width] with zeros around it. */
  private float[] plain(int width) {
    int stride = VectorProducts.stride(width);
    float[] a = new float[VectorProducts.roundUp(rows, VectorProducts.TILE) * stride];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < width; j++) {
        a[r * stride + j] = uniform();
      }
    }
    return a;
  }

  private float uniform() {
    return (float) random.nextDouble(-1, 1);
  }

  private int panel(int i, int j) {
    return VectorProducts.panelIndex(i, j, n, c);
  }

  /** [n, c] and a last row, from {@code at} on. */
  private float[] panels(int at) {
    float[] w = new float[at + VectorProducts.panelSize(n, c)];
    for (int j = 0; j < c; j++) {
      for (int i = 0; i < n; i++) {
        w[at + panel(i, j)] = uniform();
      }
      w[at + panel(VectorProducts.panelRows(n) - 1, j)] = uniform();
    }
    return w;
  }

  @RepeatedTest(200)
  void multiplies(RepetitionInfo repetition) {
    draw(repetition.getCurrentRepetition());
    n += repetition.getCurrentRepetition() % 20 == 0 ? 1000 : 0;
    float[] a = plain(n);
    float[] w = panels(5);
    float[] to = new float[VectorProducts.roundUp(rows, 6) * VectorProducts.stride(c)];

    VectorProducts.multiply(a, 0, VectorProducts.roundUp(rows, 6), w, 5, n, c, to, 0);

    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < c; j++) {
        double sum = w[5 + panel(VectorProducts.panelRows(n) - 1, j)];
        for (int i = 0; i < n; i++) {
          sum += (double) a[r * VectorProducts.stride(n) + i] * w[5 + panel(i, j)];
        }
        assertThat((double) to[r * VectorProducts.stride(c) + j]).isEqualTo(sum, within(1e-4));
      }
    }
  }

  @RepeatedTest(200)
  void addsGradients(RepetitionInfo repetition) {
    draw(repetition.getCurrentRepetition());
    float[] a = plain(n);
    float[] d = plain(c);
    float[] g = panels(3);
    float[] before = g.clone();
    int from = random.nextInt(rows);

    VectorProducts.addGradient(a, d, from, rows, g, 3, n, c);

    for (int j = 0; j < c; j++) {
      for (int i = 0; i <= n; i++) {
        int at = 3 + panel(i < n ? i : VectorProducts.panelRows(n) - 1, j);
        double sum = before[at];
        for (int r = from; r < rows; r++) {
          double x = i < n ? a[r * VectorProducts.stride(n) + i] : 1;
          sum += x * d[r * VectorProducts.stride(c) + j];
        }
        assertThat((double) g[at]).isEqualTo(sum, within(1e-5));
      }
    }
  }

  @RepeatedTest(200)
  void transposes(RepetitionInfo repetition) {
    draw(repetition.getCurrentRepetition());
    float[] w = panels(7);
    float[] to = new float[VectorProducts.panelSize(c, n)];
    float[] expected = to.clone();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < c; j++) {
        expected[VectorProducts.panelIndex(j, i, c, n)] = w[7 + panel(i, j)];
      }
    }

    VectorProducts.transpose(w, 7, n, c, to);

    assertThat(to).isEqualTo(expected);
  }

  @RepeatedTest(50)
  void whatPadsStaysZero(RepetitionInfo repetition) {
    draw(repetition.getCurrentRepetition());
    float[] g = new float[VectorProducts.panelSize(n, c)];

    VectorProducts.addGradient(plain(n), plain(c), 0, rows, g, 0, n, c);

    for (int j = 0; j < c; j++) {
      for (int i = 0; i < n; i++) {
        g[panel(i, j)] = 0;
      }
      g[panel(VectorProducts.panelRows(n) - 1, j)] = 0;
    }
    assertThat(Arrays.equals(g, new float[g.length])).isTrue();
  }
}
