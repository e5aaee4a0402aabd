package org.latentsweep.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares neighbours and local areas with those of scipy and numpy. */
class NeighbourhoodsTest {

  /** Returns the numbers of the lines of one kind in the golden file. */
  private static List<double[]> golden(String kind) throws IOException {
    try (var in = NeighbourhoodsTest.class.getResourceAsStream("/golden/neighbourhoods.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> line.startsWith(kind + ","))
          .map(line -> Stream.of(line.split(",")).skip(1).mapToDouble(Double::parseDouble))
          .map(numbers -> numbers.toArray())
          .toList();
    }
  }

  private static double[][] columns(int from, int to) throws IOException {
    List<double[]> points = golden("point");
    double[][] columns = new double[to - from][];
    for (int j = from; j < to; j++) {
      int column = j;
      columns[j - from] = points.stream().mapToDouble(point -> point[column]).toArray();
    }
    return columns;
  }

  @Test
  void nearestNeighboursAreThoseOfScipy() throws IOException {
    ExhaustiveNeighbours neighbours = new ExhaustiveNeighbours(columns(0, 3));
    for (double[] row : golden("nearest")) {
      int[] expected = Arrays.stream(row).skip(1).mapToInt(i -> (int) i).toArray();
      assertThat(neighbours.of((int) row[0], 5)).containsExactly(expected);
    }
  }

  @Test
  void preservedNeighboursAreThoseOfScipy() throws IOException {
    Block block = new Block(columns(0, 3), columns(3, 5));
    assertThat(block.neighbourPreservation(5))
        .isCloseTo(golden("preserved").get(0)[0], within(1e-12));
  }

  @Test
  void localAreaIsThatOfScipy() throws IOException {
    List<double[]> expected = golden("area");
    assertThat(expected).hasSize(2);
    for (double[] row : expected) {
      assertThat(LocalArea.of(columns(3, 5), row[0])).isCloseTo(row[1], within(1e-12));
    }
  }

  @Test
  void equallyNearPointsComeInTheirOrder() {
    ExhaustiveNeighbours neighbours = new ExhaustiveNeighbours(new double[][] {{0, 1, -1, 2, 1}});
    assertThat(neighbours.of(0, 3)).containsExactly(1, 2, 4);
    assertThat(neighbours.of(3, 2)).containsExactly(1, 4);
  }
}
