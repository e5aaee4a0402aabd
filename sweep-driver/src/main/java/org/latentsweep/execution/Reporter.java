package org.latentsweep.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.latentsweep.engine.CancelledException;

/**
 * Computes reports in a process of its own, for {@link ReportProcess}. The first line of standard
 * input says of what folder and with which settings of Spark; each line after it asks, and is
 * answered by a line with {@code report} or {@code failure}.
 */
public final class Reporter {
  static final String FOLDER = "folder";
  static final String SETTINGS = "settings";
  static final String REPORT = "report";
  static final String FAILURE = "failure";

  private Reporter() {}

  /** Answers until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err); // what libraries print is no answer
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    JsonNode request = new ObjectMapper().readTree(questions.readLine());
    request
        .get(SETTINGS)
        .fields()
        .forEachRemaining(
            setting -> System.setProperty(setting.getKey(), setting.getValue().asText()));
    try (SparkEngine engine = new SparkEngine()) {
      while (questions.readLine() != null) {
        answers.println(answer(engine, request.get(FOLDER).asText()));
      }
    } catch (CancelledException e) {
      System.err.println(e.getMessage()); // nobody waits for the answer any more
    }
  }

  private static ObjectNode answer(SparkEngine engine, String folder) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    try {
      return answer.set(REPORT, engine.reportJson(folder));
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      return answer.put(FAILURE, SparkEngine.reason(e));
    }
  }
}
