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
import org.latentsweep.process.ProcessDefaults;

/**
 * The main class of the process that {@link ReportProcess} starts. The first line of standard input
 * names the folder and the settings of Spark. Each further line requests a report, and is answered
 * by a line with {@code report} or {@code failure}.
 */
public final class ReportProcessMain {
  static final String FOLDER = "folder";
  static final String SETTINGS = "settings";
  static final String REPORT = "report";
  static final String FAILURE = "failure";

  private ReportProcessMain() {}

  /** Answers requests until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    ProcessDefaults.set();
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err); // answers must not be mixed with what libraries print
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
      System.err.println(
          e.getMessage()); // the process that started this one is gone or does not need the answer
    }
  }

  private static ObjectNode answer(SparkEngine engine, String folder) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    try {
      return answer.set(REPORT, engine.reportJson(folder));
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      return answer.put(FAILURE, ErrorTranslation.reason(e));
    }
  }
}
