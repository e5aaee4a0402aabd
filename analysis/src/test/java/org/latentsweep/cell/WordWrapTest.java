package org.latentsweep.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordWrapTest {
  @Test
  void linesAreAsLongAsFits() {
    assertThat(WordWrap.lines("one two three four", "", line -> line.length() <= 9))
        .containsExactly("one two", "three", "four");
  }

  @Test
  void linesAfterTheFirstAreIndentedWithinTheirLength() {
    assertThat(WordWrap.lines("one two three four", "  ", line -> line.length() <= 12))
        .containsExactly("one two", "  three four");
  }

  @Test
  void aWordThatDoesNotFitHasALineOfItsOwn() {
    assertThat(WordWrap.lines("a extraordinary b", "", line -> line.length() <= 5))
        .containsExactly("a", "extraordinary", "b");
  }
}
