package org.latentsweep.mlflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.Page;

/** The experiment of one sweep on the server, and its runs by their ids in latentsweep. */
final class Experiment {
  /** The default of MLflow's REST API for a search of runs. */
  private static final int PAGE_SIZE = 1000;

  // A log-batch request of MLflow's REST API takes at most 100 parameters and 100 tags, and 1000
  // metrics, parameters and tags together.
  private static final int MAX_PARAMS = 100;
  private static final int MAX_METRICS = 800;

  private final MlflowClient client;
  private final String id;
  private final Map<String, Run> runs = new HashMap<>();

  /** Opens the experiment of that name, and creates it if there is none. */
  Experiment(MlflowClient client, String name) {
    this.client = client;
    id =
        client
            .getExperimentByName(name)
            .map(found -> found.getExperimentId())
            .orElseGet(() -> client.createExperiment(name));
    Page<Run> page =
        client.searchRuns(
            List.of(id), "tags.`" + LoggedRun.ID + "` != ''", ViewType.ACTIVE_ONLY, PAGE_SIZE);
    add(page);
    while (page.hasNextPage()) {
      page = page.getNextPage();
      add(page);
    }
  }

  private void add(Page<Run> page) {
    page.getItems().forEach(run -> runs.put(tag(run, LoggedRun.ID), run));
  }

  private static String tag(Run run, String key) {
    return run.getData().getTagsList().stream()
        .filter(tag -> tag.getKey().equals(key))
        .map(RunTag::getValue)
        .findFirst()
        .orElse("");
  }

  /**
   * Returns whether the server has a complete run with that outcome. The status is set last, so
   * that a run with the status "running" is what a killed driver left.
   */
  boolean holds(String run, String outcome) {
    Run found = runs.get(run);
    return found != null
        && found.getInfo().getStatus() != RunStatus.RUNNING
        && tag(found, LoggedRun.OUTCOME).equals(outcome);
  }

  /** Logs a run that is missing or incomplete. */
  void log(LoggedRun run) {
    String target =
        runs.containsKey(run.id()) ? runs.get(run.id()).getInfo().getRunId() : create(run);
    int batches =
        Math.max(1, Math.max(count(run.metrics(), MAX_METRICS), count(run.params(), MAX_PARAMS)));
    for (int i = 0; i < batches; i++) {
      client.logBatch(
          target,
          slice(run.metrics(), MAX_METRICS, i),
          slice(run.params(), MAX_PARAMS, i),
          i == 0 ? run.tags() : List.of());
    }
    client.setTerminated(target, run.status(), run.endTime());
  }

  private String create(LoggedRun run) {
    return client
        .createRun(
            CreateRun.newBuilder()
                .setExperimentId(id)
                .setRunName(run.id())
                .setStartTime(run.startTime())
                .addAllTags(run.tags())
                .build())
        .getRunId();
  }

  private static int count(List<?> all, int size) {
    return (all.size() + size - 1) / size;
  }

  private static <T> List<T> slice(List<T> all, int size, int i) {
    return all.subList(Math.min(all.size(), i * size), Math.min(all.size(), (i + 1) * size));
  }
}
