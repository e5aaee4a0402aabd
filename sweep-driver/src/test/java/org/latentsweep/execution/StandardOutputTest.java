package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Standard output that cannot be written. */
class StandardOutputTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "> /dev/full ; 3 ; Cannot write to standard output: No space left on device",
        ">&-         ; 3 ; Cannot write to standard output: Bad file descriptor",
        "| true      ; 0 ; ''",
      })
  void isAFailureUnlessItsReaderClosedIt(String redirection, int code, String message)
      throws Exception {
    assumeThat(Path.of("/dev/full")).exists();
    List<String> command = OwnProcess.builder(List.of(), "--help").command();
    boolean pipe = redirection.startsWith("|");
    String script =
        pipe
            ? "(\"$@\"; echo $? >&3) 3>&2 " + redirection
            : "\"$@\" " + redirection + "; echo $? >&2";
    ProcessBuilder shell = new ProcessBuilder("bash", "-c", script, "bash");
    shell.command().addAll(command);
    Process process = shell.start();

    List<String> lines =
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(lines).last().isEqualTo(String.valueOf(code));
    assertThat(lines.stream().filter(line -> line.startsWith("Cannot")).findFirst().orElse(""))
        .isEqualTo(message);
  }
}
