package org.latentsweep.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "0.01234, 0.0123",
    "0.5, 0.5",
    "-0.125, -0.125",
    "12.345, 12.3",
    "123.4, 123",
    "0.00023, 2.3e-4",
    "-0.00041, -4.1e-4",
    "1234567, 1.2e6",
    "Infinity, infinite"
  })
  void numbersAreShort(double number, String text) {
    assertThat(ShortNumbers.of(number)).isEqualTo(text);
  }
}
