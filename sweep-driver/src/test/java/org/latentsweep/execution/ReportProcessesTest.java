package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that are short shell scripts. */
@Timeout(60)
class ReportProcessesTest {
  private static final String ANSWER =
      "read request; read question; echo '{\"report\": {\"a\": %d}}'; ";

  private final List<String> warnings = new ArrayList<>();
  private final List<ReportProcess> started = new ArrayList<>();

  private ReportProcesses processes(String... scripts) {
    Iterator<String> next = List.of(scripts).iterator();
    return new ReportProcesses(
        () -> {
          started.add(
              new ReportProcess(
                  List.of("sh", "-c", next.next()), JsonNodeFactory.instance.objectNode()));
          return started.get(started.size() - 1);
        },
        warnings::add);
  }

  private void awaitEnd(int process) throws InterruptedException {
    while (started.get(process).isAlive()) {
      Thread.sleep(10);
    }
  }

  @Test
  void aProcessThatDiedBetweenTwoReportsTellsWhyAndIsReplaced() throws Exception {
    try (ReportProcesses processes =
        processes(ANSWER.formatted(1) + "echo killed >&2; exit 9", ANSWER.formatted(2))) {
      assertThat(processes.report().get("a").asInt()).isEqualTo(1);
      awaitEnd(0);
      assertThat(processes.report().get("a").asInt()).isEqualTo(2);
    }
    assertThat(warnings)
        .containsExactly("the process that computes it has ended (exit code 9): killed");
  }

  @Test
  void aProcessThatDiedDuringAReportTellsWhyOnce() throws Exception {
    try (ReportProcesses processes =
        processes("read request; read question; echo broken >&2; exit 3", ANSWER.formatted(2))) {
      assertThatThrownBy(processes::report)
          .isInstanceOf(IOException.class)
          .hasMessage("the process that computes it has ended (exit code 3): broken");
      assertThat(processes.report().get("a").asInt()).isEqualTo(2);
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void aProcessServesManyReports() throws Exception {
    try (ReportProcesses processes =
        processes(ANSWER.formatted(1) + "read question; echo '{\"report\": {\"a\": 2}}'")) {
      processes.report();
      assertThat(processes.report().get("a").asInt()).isEqualTo(2);
    }
    assertThat(started).hasSize(1);
    assertThat(warnings).isEmpty();
  }
}
