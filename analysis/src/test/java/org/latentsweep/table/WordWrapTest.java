package org.latentsweep.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordWrapTest {
  @Test
  void fillsEachLine() {
    assertThat(WordWrap.lines("one two three four", "", line -> line.length() <= 9))
        .containsExactly("one two", "three", "four");
  }

  @Test
  void indentsAllLinesButTheFirst() {
    assertThat(WordWrap.lines("one two three four", "  ", line -> line.length() <= 9))
        .containsExactly("one two", "  three", "  four");
  }

  @Test
  void aWordThatIsTooLongHasALineOfItsOwn() {
    assertThat(WordWrap.lines("a incomprehensible b", "", line -> line.length() <= 5))
        .containsExactly("a", "incomprehensible", "b");
  }

  @Test
  void aTextThatFitsIsOneLine() {
    assertThat(WordWrap.lines("one two", "  ", line -> true)).containsExactly("one two");
  }
}
