package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.latentsweep.training.VectorProducts.Epilogue;
import org.latentsweep.training.VectorProducts.Layout;
import org.latentsweep.training.VectorProducts.Panels;
import org.latentsweep.training.VectorProducts.Rows;

/** Compares the products with plain loops, at random sizes. */
class VectorProductsTest {
  private final Layout layout = new Layout();
  private int rows;
  private int end;
  private int n;
  private int c;
  private SplittableRandom random;
  private Rows a;
  private Panels w;
  private Panels transposed;
  private Rows d;
  private float[] g;
  private VectorProducts products; // created after all matrices have reserved their places
  private float[] data;

  private void draw(RepetitionInfo repetition) {
    random = new SplittableRandom(repetition.getCurrentRepetition());
    rows = 1 + random.nextInt(70);
    end = VectorProducts.roundUp(rows, VectorProducts.TILE);
    n = size();
    c = size();
  }

  /** Returns a number of rows or columns, which is small in half of the cases. */
  private int size() {
    return 1 + random.nextInt(random.nextBoolean() ? 5 : 70);
  }

  private float uniform() {
    return (float) random.nextDouble(-1, 1);
  }

  private void reserveFactors(boolean biases) {
    a = new Rows(layout, rows, n);
    w = new Panels(layout, biases ? n + 1 : n, c);
    transposed = new Panels(layout, c, n);
  }

  /** Fills the factors; called after all matrices of a test have reserved their places. */
  private void fillFactors(boolean biases) {
    createProducts();
    fill(a, biases);
    fill(w, data);
    products.transpose(w, transposed);
  }

  private void createGradient() {
    w = new Panels(layout, n + 1, c);
    g = new float[layout.size()];
    a = new Rows(layout, rows, n);
    d = new Rows(layout, rows, c);
    createProducts();
    fill(a, true);
    fill(d, false);
  }

  private void createProducts() {
    products = new VectorProducts(layout, n + 1);
    data = products.data;
  }

  private void fill(Rows a, boolean ones) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < a.columns; j++) {
        data[a.index(r, j)] = uniform();
      }
      if (ones) {
        data[a.index(r, a.columns)] = 1;
      }
    }
  }

  private void fill(Panels w, float[] in) {
    for (int i = 0; i < w.rows; i++) {
      for (int j = 0; j < w.columns; j++) {
        in[w.index(i, j)] = uniform();
      }
    }
  }

  /** Returns element [r, j] of a w. */
  private double product(int r, int j) {
    double sum = 0;
    for (int i = 0; i < w.rows; i++) {
      sum += (double) data[a.index(r, i)] * data[w.index(i, j)];
    }
    return sum;
  }

  @RepeatedTest(300)
  void multipliesByWeightsAndBiases(RepetitionInfo repetition) {
    draw(repetition);
    n += repetition.getCurrentRepetition() % 20 == 0 ? 1500 : 0;
    reserveFactors(true);
    Rows to = new Rows(layout, rows, c);
    fillFactors(true);

    products.multiply(a, 0, end, w, transposed, to, Epilogue.ACTIVATE, 0.25f);

    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < c; j++) {
        double z = product(r, j);
        assertThat((double) data[to.index(r, j)]).isEqualTo(z > 0 ? z : z / 4, within(1e-4));
      }
    }
  }

  @RepeatedTest(300)
  void multipliesByTransposedWeightsAndGates(RepetitionInfo repetition) {
    draw(repetition);
    reserveFactors(false);
    Rows to = new Rows(layout, rows, c);
    fillFactors(false);
    fill(to, false);
    float[] before = data.clone();

    products.multiply(a, 0, end, w, transposed, to, Epilogue.GATE, 0.25f);

    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < c; j++) {
        double z = product(r, j);
        double expected = before[to.index(r, j)] > 0 ? z : z / 4;
        assertThat((double) data[to.index(r, j)]).isEqualTo(expected, within(1e-5));
      }
    }
  }

  @RepeatedTest(100)
  void theBitsOfARowDoNotDependOnOtherRows(RepetitionInfo repetition) {
    draw(repetition);
    int tile = VectorProducts.TILE;
    rows = 3 * tile;
    reserveFactors(true);
    Rows together = new Rows(layout, rows, c);
    Rows alone = new Rows(layout, rows, c);
    fillFactors(true);

    products.multiply(a, 0, rows, w, transposed, together, Epilogue.ACTIVATE, 0.01f);
    products.multiply(a, tile, 2 * tile, w, transposed, alone, Epilogue.ACTIVATE, 0.01f);

    for (int r = tile; r < 2 * tile; r++) {
      for (int j = 0; j < c; j++) {
        assertThat(data[alone.index(r, j)]).isEqualTo(data[together.index(r, j)]);
      }
    }
  }

  @RepeatedTest(100)
  void productsDoNotChangeOtherMatricesOrThePadding(RepetitionInfo repetition) {
    draw(repetition);
    reserveFactors(false);
    Rows before = new Rows(layout, rows, c);
    Rows to = new Rows(layout, rows, c);
    Rows after = new Rows(layout, rows, c);
    fillFactors(false);
    fill(before, false);
    fill(after, false);
    float[] original = data.clone();

    products.multiply(a, 0, end, w, transposed, to, Epilogue.ACTIVATE, 0.25f);

    for (int i = 0; i < rows * to.stride; i++) {
      assertThat(data[before.index(0, i)]).isEqualTo(original[before.index(0, i)]);
      assertThat(data[after.index(0, i)]).isEqualTo(original[after.index(0, i)]);
    }
    for (int r = 0; r < rows; r++) {
      for (int j = c; j < to.stride; j++) {
        assertThat(data[to.index(r, j)]).isEqualTo(0);
      }
    }
  }

  @RepeatedTest(300)
  void sumsGradientsAndAddsThem(RepetitionInfo repetition) {
    draw(repetition);
    createGradient();
    fill(w, g);
    int from = random.nextInt(rows);
    boolean add = random.nextBoolean();
    float[] before = g.clone();

    products.gradient(a, d, from, rows, g, w, add);

    for (int i = 0; i <= n; i++) {
      for (int j = 0; j < c; j++) {
        double sum = add ? before[w.index(i, j)] : 0;
        for (int r = from; r < rows; r++) {
          sum += (double) data[a.index(r, i)] * data[d.index(r, j)];
        }
        assertThat((double) g[w.index(i, j)]).isEqualTo(sum, within(1e-5));
      }
    }
  }

  /** Compares whole numbers, whose sums are exact in single precision. */
  @RepeatedTest(100)
  void gradientsOfManyRowsAreSummedInPieces(RepetitionInfo repetition) {
    draw(repetition);
    rows += random.nextInt(250);
    createGradient();
    round(a);
    round(d);

    products.gradient(a, d, 0, rows, g, w, false);

    for (int i = 0; i <= n; i++) {
      for (int j = 0; j < c; j++) {
        float sum = 0;
        for (int r = 0; r < rows; r++) {
          sum += data[a.index(r, i)] * data[d.index(r, j)];
        }
        assertThat(g[w.index(i, j)]).isEqualTo(sum);
      }
    }
  }

  private void round(Rows a) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < a.columns; j++) {
        data[a.index(r, j)] = Math.round(4 * data[a.index(r, j)]);
      }
    }
  }

  @RepeatedTest(100)
  void theGradientOfThePaddingIs0(RepetitionInfo repetition) {
    draw(repetition);
    createGradient();

    products.gradient(a, d, 0, rows, g, w, true);

    for (int i = 0; i <= n; i++) {
      for (int j = 0; j < c; j++) {
        g[w.index(i, j)] = 0;
      }
    }
    assertThat(g).containsOnly(0);
  }

  @RepeatedTest(200)
  void transposes(RepetitionInfo repetition) {
    draw(repetition);
    w = new Panels(layout, n + 1, c);
    Panels to = new Panels(layout, c, n);
    createProducts();
    fill(w, data);

    products.transpose(w, to);

    for (int i = 0; i <= n; i++) {
      for (int j = 0; j < c; j++) {
        if (i < n) {
          assertThat(data[to.index(j, i)]).isEqualTo(data[w.index(i, j)]);
          data[to.index(j, i)] = 0;
        }
        data[w.index(i, j)] = 0;
      }
    }
    assertThat(data).containsOnly(0);
  }
}
