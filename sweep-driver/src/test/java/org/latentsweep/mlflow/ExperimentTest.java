package org.latentsweep.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.tracking.MlflowClient;

class ExperimentTest {
  private static LoggedRun run(String id, int params, int metrics) {
    return new LoggedRun(
        id,
        List.of(
            RunTag.newBuilder().setKey(LoggedRun.ID).setValue(id).build(),
            RunTag.newBuilder().setKey(LoggedRun.OUTCOME).setValue("completed").build()),
        IntStream.range(0, params)
            .mapToObj(i -> Param.newBuilder().setKey("p" + i).setValue("v").build())
            .toList(),
        IntStream.range(0, metrics)
            .mapToObj(
                i ->
                    Metric.newBuilder()
                        .setKey("m")
                        .setValue(i == 0 ? Double.POSITIVE_INFINITY : i)
                        .setStep(i)
                        .setTimestamp(1)
                        .build())
            .toList(),
        RunStatus.FINISHED,
        1,
        2);
  }

  @Test
  void aLargeRunIsLoggedInSeveralRequests() throws Exception {
    try (FakeServer server = new FakeServer();
        MlflowClient client = new MlflowClient(server.uri())) {
      Experiment experiment = new Experiment(client, "a name & more");
      experiment.log(run("r", 250, 2000));

      assertThat(server.experiments.values()).containsExactly("a name & more");
      assertThat(server.requests)
          .filteredOn(
              request ->
                  !request.equals("experiments/get-by-name")) // the client checks the name itself
          .containsExactly(
              "experiments/create",
              "runs/search",
              "runs/create",
              "runs/log-batch",
              "runs/log-batch",
              "runs/log-batch",
              "runs/update");
      assertThat(server.runs.get("m0").get("params")).hasSize(250);
      assertThat(server.runs.get("m0").get("metrics")).hasSize(2000);
      assertThat(server.runs.get("m0").get("metrics").get(0).get("value").asText())
          .isEqualTo("Infinity");
    }
  }

  @Test
  void holdsTheRunsThatWereLoggedBefore() throws Exception {
    try (FakeServer server = new FakeServer();
        MlflowClient client = new MlflowClient(server.uri())) {
      new Experiment(client, "a name & more").log(run("r", 1, 1));

      Experiment again = new Experiment(client, "a name & more");

      assertThat(again.holds("r", "completed")).isTrue();
      assertThat(again.holds("r", "failed")).isFalse();
      assertThat(again.holds("s", "completed")).isFalse();
    }
  }
}
