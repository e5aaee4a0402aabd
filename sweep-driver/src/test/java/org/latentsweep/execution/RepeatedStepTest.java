package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedStepTest {
  private final List<String> warnings = new ArrayList<>();

  /**
   * Attempts a step once for each letter: it fails at F, succeeds at S, and has nothing to do at N.
   */
  private void attempt(String outcomes) {
    Iterator<Integer> next = outcomes.chars().iterator();
    int[] attempts = {0};
    RepeatedStep step =
        new RepeatedStep(
            () -> {
              attempts[0]++;
              int outcome = next.next();
              if (outcome == 'F') {
                throw new IOException("failure of attempt " + attempts[0]);
              }
              return outcome == 'S';
            },
            warnings::add);
    outcomes.chars().forEach(outcome -> step.attempt());
  }

  @Test
  void ofFailuresInARowTheFirstIsTold() {
    attempt("FFNF");

    assertThat(warnings).containsExactly("failure of attempt 1");
  }

  @Test
  void aFailureAfterASuccessIsTold() {
    attempt("FFSFF");

    assertThat(warnings).containsExactly("failure of attempt 1", "failure of attempt 4");
  }

  @Test
  void eachStepTellsItsOwnFailures() {
    attempt("F");
    attempt("SF");

    assertThat(warnings).containsExactly("failure of attempt 1", "failure of attempt 2");
  }
}
