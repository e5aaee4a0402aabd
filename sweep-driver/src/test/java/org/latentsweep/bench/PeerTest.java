package org.latentsweep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that are short shell scripts. */
class PeerTest {
  private Peer start(String script, boolean avx2) throws IOException {
    return new MeasuredProgram("Fake", List.of("sh", "-c", script), avx2).start(Family.B);
  }

  private Peer start(String script) throws IOException {
    return start(script, false);
  }

  @Test
  void answersAreNanoseconds() throws IOException {
    try (Peer peer = start("echo Fake 1.0; while read n; do echo ${n}000000; done")) {
      assertThat(peer.name()).isEqualTo("Fake 1.0");
      assertThat(peer.number("5")).isEqualTo(5e6);
      assertThat(peer.seconds("200")).isEqualTo(0.2);
      assertThat(peer.stepSeconds(3)).isEqualTo(1e-3);
      assertThat(peer.stepsIn(0.05)).isEqualTo(50);
    }
  }

  @Test
  void receivesTheArgumentsOfTheFamily() throws IOException {
    try (Peer peer = start("echo $0 $1 $2 $3")) {
      assertThat(peer.name()).isEqualTo("normal-1d uniform(-1,1) 1 16,16,16,16");
    }
  }

  @Test
  void isLimitedToOneThreadAndToVectors() throws IOException {
    String script =
        "echo $OMP_NUM_THREADS $OPENBLAS_NUM_THREADS $MKL_NUM_THREADS $OPENBLAS_CORETYPE";
    try (Peer all = start(script, false);
        Peer avx2 = start(script, true)) {
      assertThat(all.name()).isEqualTo("1 1 1");
      assertThat(avx2.name()).isEqualTo("1 1 1 Haswell");
    }
  }

  @Test
  void aProgramThatEndsWithoutItsNameTellsWhy() {
    assertThatThrownBy(() -> start("echo no torch >&2; exit 3"))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot measure Fake: it ended without its name\n  no torch");
  }

  @Test
  void aProgramThatEndsEarlyIsNamed() throws IOException {
    try (Peer peer = start("echo Fake 1.0; read n")) {
      assertThatThrownBy(() -> peer.seconds("7"))
          .isInstanceOf(IOException.class)
          .hasMessage("Cannot measure Fake 1.0: it ended without an answer to '7'");
      assertThatThrownBy(() -> peer.seconds("8"))
          .hasMessage("Cannot measure Fake 1.0: it ended without an answer to '8'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "0", "-1"})
  void aProgramWithAnInvalidAnswerIsNamed(String answer) throws IOException {
    try (Peer peer = start("echo Fake 1.0; read n; echo " + answer)) {
      assertThatThrownBy(() -> peer.seconds("7"))
          .isInstanceOf(IOException.class)
          .hasMessage("Cannot measure Fake 1.0: it answered '" + answer + "' to '7'");
    }
  }
}
