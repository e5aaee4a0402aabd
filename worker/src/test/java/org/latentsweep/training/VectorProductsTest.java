package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.latentsweep.training.VectorProducts.Panels;
import org.latentsweep.training.VectorProducts.Rows;
import org.latentsweep.training.VectorProducts.Then;

/** The products against plain loops, at any sizes. */
class VectorProductsTest {
  private final VectorProducts products = new VectorProducts();
  private int rows;
  private int end;
  private int n;
  private int c;
  private SplittableRandom random;

  private void draw(RepetitionInfo repetition) {
    random = new SplittableRandom(repetition.getCurrentRepetition());
    rows = 1 + random.nextInt(70);
    end = VectorProducts.roundUp(rows, VectorProducts.TILE);
    n = size();
    c = size();
  }

  /** Few, or many. */
  private int size() {
    return 1 + random.nextInt(random.nextBoolean() ? 5 : 70);
  }

  private float uniform() {
    return (float) random.nextDouble(-1, 1);
  }

  /** [rows, columns], and ones if wanted; one of two matrices in an array. */
  private Rows plain(int columns, boolean ones) {
    Rows a = Rows.inOneArray(rows, new int[] {3, columns})[1];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns; j++) {
        a.data[a.index(r, j)] = uniform();
      }
      if (ones) {
        a.data[a.index(r, columns)] = 1;
      }
    }
    return a;
  }

  /** One of two matrices in an array. */
  private Panels panels(int height, int columns) {
    Panels w = Panels.inOneArray(new int[] {5, height}, new int[] {2, columns})[1];
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < columns; j++) {
        w.data[w.index(i, j)] = uniform();
      }
    }
    return w;
  }

  private static double at(Rows a, int row, int column) {
    return a.data[a.index(row, column)];
  }

  private static double at(Panels w, int row, int column) {
    return w.data[w.index(row, column)];
  }

  private static Panels transpose(Panels w, int height) {
    Panels to = Panels.inOneArray(new int[] {w.columns}, new int[] {height})[0];
    VectorProducts.transpose(w, to);
    return to;
  }

  /** Element [r, j] of a w. */
  private static double product(Rows a, Panels w, int r, int j) {
    double sum = 0;
    for (int i = 0; i < w.rows; i++) {
      sum += at(a, r, i) * at(w, i, j);
    }
    return sum;
  }

  @RepeatedTest(300)
  void multipliesByWeightsAndBiases(RepetitionInfo repetition) {
    draw(repetition);
    n += repetition.getCurrentRepetition() % 20 == 0 ? 2 * VectorProducts.DEPTH : 0;
    Rows a = plain(n, true);
    Panels w = panels(n + 1, c);
    Rows to = plain(c, false);

    products.multiply(a, 0, end, w, transpose(w, n), to, Then.ACTIVATE, 0.25f);

    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < c; j++) {
        double z = product(a, w, r, j);
        assertThat(at(to, r, j)).isEqualTo(z > 0 ? z : z / 4, within(1e-4));
      }
    }
  }

  @RepeatedTest(300)
  void multipliesAndGates(RepetitionInfo repetition) {
    draw(repetition);
    Rows a = plain(n, false);
    Panels w = panels(n, c);
    Rows to = plain(c, false);
    float[] before = to.data.clone();

    products.multiply(a, 0, end, w, transpose(w, n), to, Then.GATE, 0.25f);

    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < c; j++) {
        double z = product(a, w, r, j);
        double expected = before[to.index(r, j)] > 0 ? z : z / 4;
        assertThat(at(to, r, j)).isEqualTo(expected, within(1e-5));
      }
    }
  }

  @RepeatedTest(100)
  void aRowsBitsDoNotDependOnTheRowsBesideIt(RepetitionInfo repetition) {
    draw(repetition);
    int tile = VectorProducts.TILE;
    rows = 3 * tile;
    Rows a = plain(n, true);
    Panels w = panels(n + 1, c);
    Panels transposed = transpose(w, n);
    Rows together = plain(c, false);
    Rows alone = plain(c, false);

    products.multiply(a, 0, rows, w, transposed, together, Then.ACTIVATE, 0.01f);
    products.multiply(a, tile, 2 * tile, w, transposed, alone, Then.ACTIVATE, 0.01f);

    for (int r = tile; r < 2 * tile; r++) {
      for (int j = 0; j < c; j++) {
        assertThat(at(alone, r, j)).isEqualTo(at(together, r, j));
      }
    }
  }

  @RepeatedTest(300)
  void sumsAndAddsGradients(RepetitionInfo repetition) {
    draw(repetition);
    Rows a = plain(n, true);
    Rows d = plain(c, false);
    Panels g = panels(n + 1, c);
    Panels scratch = panels(c, n + 1);
    int from = random.nextInt(rows);
    boolean add = random.nextBoolean();
    float[] before = g.data.clone();

    products.gradient(a, d, from, rows, g, scratch, add);

    for (int i = 0; i <= n; i++) {
      for (int j = 0; j < c; j++) {
        double sum = add ? before[g.index(i, j)] : 0;
        for (int r = from; r < rows; r++) {
          sum += at(a, r, i) * at(d, r, j);
        }
        assertThat(at(g, i, j)).isEqualTo(sum, within(1e-5));
      }
    }
  }

  @RepeatedTest(100)
  void whatPadsParametersHasNoGradient(RepetitionInfo repetition) {
    draw(repetition);
    Rows a = plain(n, true);
    Rows d = plain(c, false);
    Panels g = Panels.inOneArray(new int[] {n + 1}, new int[] {c})[0];

    products.gradient(a, d, 0, rows, g, panels(c, n + 1), true);

    for (int i = 0; i <= n; i++) {
      for (int j = 0; j < c; j++) {
        g.data[g.index(i, j)] = 0;
      }
    }
    assertThat(g.data).containsOnly(0);
  }

  @RepeatedTest(200)
  void transposes(RepetitionInfo repetition) {
    draw(repetition);
    Panels w = panels(n + 1, c);
    Panels to = transpose(w, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < c; j++) {
        assertThat(at(to, j, i)).isEqualTo(at(w, i, j));
        to.data[to.index(j, i)] = 0;
      }
    }
    assertThat(to.data).containsOnly(0);
  }
}
