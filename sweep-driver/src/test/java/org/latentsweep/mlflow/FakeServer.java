package org.latentsweep.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A server of those parts of MLflow's REST API 2.0 that logging runs needs, over real HTTP. It
 * keeps everything in memory.
 */
public final class FakeServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/api/2.0/mlflow/";
  private static final int PAGE_SIZE = 3; // smaller than requested, so that there are several pages

  static {
    // without it each reply waits 40 ms for an acknowledgement
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;

  /** The names of the endpoints that were requested, in order. */
  public final List<String> requests = new ArrayList<>();

  /** The names of the experiments by id. */
  public final Map<String, String> experiments = new LinkedHashMap<>();

  /** The runs by MLflow's id, each with info, tags, params and metrics. */
  public final Map<String, ObjectNode> runs = new LinkedHashMap<>();

  /** Starts on a free port of this machine. */
  public FakeServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(API, this::answer);
    server.start();
  }

  /** Starts a server with the experiments and runs of another. */
  public static FakeServer copyOf(FakeServer other) throws IOException {
    FakeServer copy = new FakeServer();
    copy.experiments.putAll(other.experiments);
    other.runs.forEach((id, run) -> copy.runs.put(id, run.deepCopy()));
    return copy;
  }

  /** Returns the address, as in MLFLOW_TRACKING_URI. */
  public String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String endpoint = exchange.getRequestURI().getPath().substring(API.length());
    requests.add(endpoint);
    byte[] body = exchange.getRequestBody().readAllBytes();
    JsonNode request = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    ObjectNode reply = JSON.createObjectNode();
    int code = 200;
    switch (endpoint) {
      case "experiments/get-by-name" -> code = experiment(exchange, reply);
      case "experiments/create" -> {
        String id = String.valueOf(experiments.size() + 1);
        experiments.put(id, request.get("name").asText());
        reply.put("experiment_id", id);
      }
      case "runs/search" -> search(request, reply);
      case "runs/create" -> create(request, reply);
      case "runs/log-batch" -> code = logBatch(request, reply);
      case "runs/update" -> {
        ObjectNode info = (ObjectNode) runs.get(request.get("run_id").asText()).get("info");
        info.set("status", request.get("status"));
        info.set("end_time", request.get("end_time"));
      }
      default -> code = error(reply, 404, "ENDPOINT_NOT_FOUND");
    }
    byte[] bytes = JSON.writeValueAsBytes(reply);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static int error(ObjectNode reply, int code, String name) {
    reply.put("error_code", name).put("message", name);
    return code;
  }

  private int experiment(HttpExchange exchange, ObjectNode reply) {
    String query = exchange.getRequestURI().getRawQuery();
    String name =
        URLDecoder.decode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8);
    for (Map.Entry<String, String> experiment : experiments.entrySet()) {
      if (experiment.getValue().equals(name)) {
        reply.putObject("experiment").put("experiment_id", experiment.getKey()).put("name", name);
        return 200;
      }
    }
    return error(reply, 404, "RESOURCE_DOES_NOT_EXIST");
  }

  private void search(JsonNode request, ObjectNode reply) {
    String experiment = request.get("experiment_ids").get(0).asText();
    String tag = request.get("filter").asText().replaceAll("tags[.]`(.*)` != ''", "$1");
    List<ObjectNode> found =
        runs.values().stream()
            .filter(run -> run.get("info").get("experiment_id").asText().equals(experiment))
            .filter(run -> run.get("tags").has(tag))
            .toList();
    int from = request.path("page_token").asInt(0);
    ArrayNode page = reply.putArray("runs");
    for (ObjectNode run : found.subList(from, Math.min(found.size(), from + PAGE_SIZE))) {
      ObjectNode copy = page.addObject();
      copy.set("info", run.get("info"));
      ArrayNode tags = copy.putObject("data").putArray("tags");
      run.get("tags")
          .properties()
          .forEach(
              entry -> tags.addObject().put("key", entry.getKey()).set("value", entry.getValue()));
    }
    if (from + PAGE_SIZE < found.size()) {
      reply.put("next_page_token", String.valueOf(from + PAGE_SIZE));
    }
  }

  private void create(JsonNode request, ObjectNode reply) {
    String id = "m" + runs.size();
    ObjectNode run = JSON.createObjectNode();
    run.putObject("info")
        .put("run_id", id)
        .put("run_uuid", id)
        .put("status", "RUNNING")
        .setAll(
            Map.of(
                "experiment_id", request.get("experiment_id"),
                "run_name", request.get("run_name"),
                "start_time", request.get("start_time")));
    run.putObject("params");
    run.putArray("metrics");
    put(run.putObject("tags"), request.path("tags"));
    runs.put(id, run);
    reply.putObject("run").set("info", run.get("info"));
  }

  /** Refuses requests that a real server refuses. */
  private int logBatch(JsonNode request, ObjectNode reply) {
    JsonNode metrics = request.path("metrics");
    JsonNode params = request.path("params");
    JsonNode tags = request.path("tags");
    boolean soundNames =
        StreamSupport.stream(metrics.spliterator(), false)
            .allMatch(metric -> metric.get("key").asText().matches("[\\w./: -]{1,250}"));
    if (!soundNames
        || params.size() > 100
        || tags.size() > 100
        || metrics.size() + params.size() + tags.size() > 1000) {
      return error(reply, 400, "INVALID_PARAMETER_VALUE");
    }
    ObjectNode run = runs.get(request.get("run_id").asText());
    put((ObjectNode) run.get("tags"), tags);
    put((ObjectNode) run.get("params"), params);
    metrics.forEach(((ArrayNode) run.get("metrics"))::add);
    return 200;
  }

  private static void put(ObjectNode target, JsonNode pairs) {
    pairs.forEach(pair -> target.set(pair.get("key").asText(), pair.get("value")));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
