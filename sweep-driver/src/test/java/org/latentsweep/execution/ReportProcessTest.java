package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.latentsweep.process.OutputTail;

/** How a report process that dies tells its reason. */
@Timeout(60)
class ReportProcessTest {
  private static final String PREFIX = "the process that computes it has ended";

  private static ReportProcess start(String... command) throws IOException {
    return new ReportProcess(List.of(command), JsonNodeFactory.instance.objectNode());
  }

  private static ThrowingCallable report(String script) {
    return () -> {
      try (ReportProcess process = start("sh", "-c", script)) {
        process.report();
      }
    };
  }

  @Test
  void aJvmThatDoesNotStartTellsWhy() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    assertThatThrownBy(
            () -> {
              try (ReportProcess process = start(java, "-XX:+NoSuchOption", "Main")) {
                process.report();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(PREFIX + " (exit code 1): Unrecognized VM option 'NoSuchOption'");
  }

  @Test
  void aProcessThatDiesDuringAReportTellsItsLastLines() {
    assertThatThrownBy(
            report("read request; read question; echo broken >&2; echo ' disk' >&2; exit 3"))
        .isInstanceOf(IOException.class)
        .hasMessage(PREFIX + " (exit code 3): broken | disk");
  }

  @Test
  void onlyTheLastLinesAreKept() {
    assertThatThrownBy(report("read request; read question; seq 1 100000 >&2; exit 4"))
        .hasMessageStartingWith(PREFIX + " (exit code 4): 99981 | 99982 | ")
        .hasMessageEndingWith(" | 99999 | 100000");
  }

  @Test
  void longLinesAreCut() {
    assertThatThrownBy(report("read request; head -c 100000 /dev/zero | tr '\\0' x >&2; exit 5"))
        .hasMessage(PREFIX + " (exit code 5): " + "x".repeat(OutputTail.MAX_CHARACTERS));
  }

  @Test
  void aProcessThatPrintsManyErrorsIsNotBlocked() throws IOException {
    try (ReportProcess process =
        start("sh", "-c", "read a; read b; seq 1 100000 >&2; echo '{\"report\": {\"a\": 1}}'")) {
      assertThat(process.report().get("a").asInt()).isEqualTo(1);
    }
  }
}
