package org.latentsweep.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Reports of sweeps that were never run, in the form that those of real ones have. */
final class SampleReport {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int[] DIMENSIONS = {1, 2, 3, 5, 10};
  private static final List<String> TARGETS = List.of("normal-1d", "gaussian", "eight-gaussians");
  private static final List<String> METRICS = List.of("kl_forward", "kl_reverse", "kl_mean");
  private static final double HALF_WIDTH = 4;
  private static final int POINTS = 600;

  private final SplittableRandom random = new SplittableRandom(1);
  private final ObjectNode report = JSON.objectNode();
  private final int seeds;

  private SampleReport(int seeds) {
    this.seeds = seeds;
  }

  /** A finished sweep of three targets, five latent dimensions and four seeds. */
  static ObjectNode small() {
    SampleReport sample = new SampleReport(4);
    sample.words("latent-dim", 60);
    List<MadeUpCell> cells = sample.cells(1);
    sample.tables(cells, METRICS);
    sample.clouds(cells, Integer.MAX_VALUE);
    sample.figures();
    return sample.report;
  }

  /** 10,000 runs in 1,000 cells, 30 metrics of each, and pictures of some cells. */
  static ObjectNode large() {
    SampleReport sample = new SampleReport(10);
    sample.words("large", 10_000);
    List<MadeUpCell> cells = sample.cells(67).subList(0, 1000);
    List<String> metrics = new ArrayList<>(METRICS);
    for (int i = metrics.size(); i < 30; i++) {
      metrics.add("metric_" + i);
    }
    sample.tables(cells, metrics);
    sample.clouds(cells, 60);
    sample.figures();
    return sample.report;
  }

  /** What a sweep has when it has just begun. */
  static ObjectNode begun() {
    ObjectNode report = JSON.objectNode().put("sweep", "just-begun").put("live", true);
    report.putObject("counts").put("planned", 60).put("finished", 0);
    for (String list : List.of("headline", "notes", "cells", "targets", "figures")) {
      report.putArray(list);
    }
    for (String table : List.of("provenance", "summary", "comparisons", "runs")) {
      report.putObject(table).put("sql", (String) null).putArray("columns");
      report.withObject("/" + table).putArray("rows");
    }
    return report;
  }

  private record MadeUpCell(String target, int latentDimension, int variant, String hash) {
    public String label() {
      String name = "%s, k = %d".formatted(target, latentDimension);
      return variant == 0 ? name : name + ", variant " + variant;
    }

    int dimensions() {
      return target.endsWith("1d") ? 1 : 2;
    }

    double divergence() {
      return 2.5 / latentDimension / (1 + 0.1 * variant)
          + (target.startsWith("eight") ? 0.4 : 0.01);
    }
  }

  private void words(String name, int runs) {
    report
        .put("version", "0.1.0")
        .put("generated", "2026-11-23T04:00:00Z")
        .put("sweep", name)
        .put("folder", "results/" + name);
    report
        .putArray("headline")
        .add(
            "gaussian: k = 10 is best: KL_h 0.26 nats (95% 0.21 to 0.31), 9.6 times less than k = 1.")
        .add(
            "eight-gaussians: k = 5 and k = 10 cannot be told apart; both leave 0.7 nats or more.");
    report
        .putObject("counts")
        .put("planned", runs)
        .put("finished", runs)
        .put("completed", runs - 2)
        .put("diverged", 1)
        .put("failed", 1);
    report
        .putArray("notes")
        .add("Pictures hold 600 of each run's 100,000 samples.")
        .add(
            "Snapshots are not scored: ./latentsweep analyze results/%s --snapshots"
                .formatted(name));
    Rows provenance = table("provenance", null, "version", "backend", "device", "host", "runs");
    provenance.add("0.1.0", "cpu", "vector (16 lanes)", "node-1", runs);
  }

  private List<MadeUpCell> cells(int variants) {
    List<MadeUpCell> cells = new ArrayList<>();
    for (int variant = 0; variant < variants; variant++) {
      for (String target : TARGETS) {
        for (int k : DIMENSIONS) {
          String hash = Long.toHexString(new SplittableRandom(cells.size()).nextLong() | 1L << 63);
          cells.add(new MadeUpCell(target, k, variant, hash));
        }
      }
    }
    return cells;
  }

  private void tables(List<MadeUpCell> cells, List<String> metrics) {
    Rows runs =
        table(
            "runs",
            "SELECT * FROM runs ORDER BY target, latent_dim, seed",
            "run_id",
            "config_hash",
            "target",
            "latent_dim",
            "seed",
            "outcome",
            "message",
            "steps",
            "train_seconds",
            "kl_forward",
            "ci_low",
            "ci_high");
    Rows summary =
        table(
            "summary",
            "SELECT * FROM summary",
            "target",
            "latent_dim",
            "config_hash",
            "metric",
            "runs",
            "diverged",
            "failed",
            "mean",
            "sd",
            "median",
            "ci_low",
            "ci_high",
            "floor");
    Rows comparisons =
        table(
            "comparisons",
            "SELECT * FROM comparisons",
            "target",
            "metric",
            "differs",
            "a",
            "b",
            "config_hash_a",
            "config_hash_b",
            "difference",
            "ci_low",
            "ci_high",
            "p",
            "p_adjusted");
    for (MadeUpCell cell : cells) {
      runs(cell, runs);
      metrics.forEach(metric -> summary(cell, metric, summary));
    }
    for (int i = 0; i + 1 < Math.min(cells.size(), 400); i++) {
      comparison(cells.get(i), cells.get(i + 1), comparisons);
    }
  }

  private void runs(MadeUpCell cell, Rows rows) {
    for (int seed = 1; seed <= seeds; seed++) {
      double kl = cell.divergence() * (0.7 + 0.6 * random.nextDouble());
      boolean failed = rows.size() == 7;
      boolean infinite = rows.size() == 5;
      rows.add(
          runId(cell, seed),
          cell.hash,
          cell.target,
          cell.latentDimension,
          seed,
          failed ? "failed" : "completed",
          failed ? "java.lang.OutOfMemoryError: </script><b>Java heap</b> space" : null,
          3000,
          12.3456 + random.nextDouble(),
          failed ? null : infinite ? "Infinity" : kl,
          failed || infinite ? null : kl * 0.98,
          failed || infinite ? null : kl * 1.02);
    }
  }

  private static String runId(MadeUpCell cell, int seed) {
    return cell.hash.substring(0, 12) + "%04x".formatted(seed);
  }

  private void summary(MadeUpCell cell, String metric, Rows rows) {
    double mean = cell.divergence() * (metric.equals("kl_reverse") ? 0.5 : 1);
    double sd = mean * 0.2 * random.nextDouble();
    rows.add(
        cell.target,
        cell.latentDimension,
        cell.hash,
        metric,
        seeds,
        0,
        0,
        mean,
        sd,
        mean * 0.99,
        mean - sd,
        mean + sd,
        0.0000123);
  }

  private void comparison(MadeUpCell a, MadeUpCell b, Rows rows) {
    if (!a.target.equals(b.target)) {
      return;
    }
    double p = a.latentDimension < 3 ? 0.001 : 0.4;
    rows.add(
        a.target,
        "kl_forward",
        "latent_dim",
        "" + a.latentDimension,
        "" + b.latentDimension,
        a.hash,
        b.hash,
        a.divergence() - b.divergence(),
        -0.1,
        0.9,
        p,
        Math.min(1, 2 * p));
  }

  private void clouds(List<MadeUpCell> cells, int pictured) {
    ArrayNode list = report.putArray("cells");
    for (MadeUpCell cell : cells) {
      ObjectNode node =
          list.addObject()
              .put("config_hash", cell.hash)
              .put("target", cell.target)
              .put("latent_dim", cell.latentDimension)
              .put("label", cell.label())
              .put("runs", seeds)
              .put("diverged", 0)
              .put("failed", 0);
      node.put(
          "diagnosis",
          cell.latentDimension > 1
              ? String.format(
                  Locale.ROOT,
                  "covers 93%% of the target, 2%% stray; map torn in 12%% of the latent square,"
                      + " keeps 38%% of the latent neighbours; KL_h %.2f forward",
                  cell.divergence())
              : null);
      boolean here = list.size() <= pictured;
      node.set("training", here ? training(cell) : JSON.nullNode());
      node.set("map", here ? map(cell) : JSON.nullNode());
    }
    ArrayNode targets = report.putArray("targets");
    for (String target : TARGETS) {
      MadeUpCell exact = new MadeUpCell(target, 1000, 0, "");
      targets
          .addObject()
          .put("name", target)
          .put("half_width", HALF_WIDTH)
          .put("dimensions", exact.dimensions())
          .put("points", POINTS)
          .put("samples", encoded(samples(exact, latents(POINTS), 1), HALF_WIDTH * 1.5));
    }
  }

  private ObjectNode training(MadeUpCell cell) {
    ObjectNode training =
        JSON.objectNode()
            .put("run_id", runId(cell, 1))
            .put("seed", 1)
            .put("points", POINTS)
            .put("half_width", HALF_WIDTH)
            .put("dimensions", cell.dimensions());
    ArrayNode steps = training.putArray("steps");
    int count = 7;
    double[] all = new double[count * POINTS * 2];
    for (int i = 0; i < count; i++) {
      steps.add(i * 500);
      double[] at = samples(cell, latents(POINTS), i / (count - 1.0));
      System.arraycopy(at, 0, all, i * at.length, at.length);
    }
    return training.put("samples", encoded(all, HALF_WIDTH * 1.5));
  }

  private ObjectNode map(MadeUpCell cell) {
    double[] latents = latents(POINTS);
    return JSON.objectNode()
        .put("run_id", runId(cell, 1))
        .put("seed", 1)
        .put("points", POINTS)
        .put("latent_low", 0.0)
        .put("latent_high", 1.0)
        .put("latent_axes", Math.min(2, cell.latentDimension))
        .put("latents", encodedBy(latents.length, i -> 2 * latents[i] - 1))
        .put("samples", encoded(samples(cell, latents, 1), HALF_WIDTH * 1.5));
  }

  private double[] latents(int points) {
    return random.doubles(2L * points).toArray();
  }

  /** Samples as a generator gives them that is done with so much of its training. */
  private double[] samples(MadeUpCell cell, double[] latents, double progress) {
    double[] samples = new double[latents.length];
    for (int i = 0; i < latents.length; i += 2) {
      double u = latents[i];
      double v = cell.latentDimension == 1 ? 0.4 : latents[i + 1];
      double angle = 2 * Math.PI * u;
      double radius = Math.sqrt(-2 * Math.log(Math.max(v, 1e-3))) * progress;
      double x = radius * Math.cos(angle);
      double y = cell.dimensions() == 1 ? 0 : radius * Math.sin(angle);
      if (cell.target.startsWith("eight")) {
        double mode = Math.floor(8 * v) * Math.PI / 4;
        x = progress * 2 * Math.cos(mode) + 0.2 * x;
        y = progress * 2 * Math.sin(mode) + 0.2 * y;
      }
      samples[i] = x;
      samples[i + 1] = y;
    }
    return samples;
  }

  private static String encoded(double[] values, double reach) {
    return encodedBy(values.length, i -> values[i] / reach);
  }

  private static String encodedBy(int count, IntToDoubleFunction share) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      double clamped = Math.max(-1, Math.min(1, share.applyAsDouble(i)));
      bytes.putShort((short) Math.round(clamped * 32767));
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private void figures() {
    ArrayNode figures = report.putArray("figures");
    ObjectNode lines =
        figures
            .addObject()
            .put("name", "kl-by-latent-dimension")
            .put("title", "Divergence by latent dimension")
            .put("caption", "KL_h forward of each run, in nats. n = 60 runs.")
            .put("alt", "KL_h forward falls with the latent dimension on all targets.")
            .put("sql", "SELECT target, latent_dim, seed, kl_forward FROM runs")
            .put("image", (String) null);
    Rows rows = new Rows(lines.putObject("table"), "target", "latent_dim", "run_id", "seed", "kl");
    JsonNode runs = report.at("/runs/rows");
    for (int i = 0; i < Math.min(500, runs.size()); i++) {
      JsonNode run = runs.get(i);
      rows.add(run.get(2), run.get(3), run.get(0), run.get(4), run.get(9));
    }
    lines.set(
        "spec",
        read(
            """
        {"params": [{"name": "zoom", "select": "interval", "bind": "scales"}],
         "mark": {"type": "point", "filled": true, "size": 90, "opacity": 0.8},
         "encoding": {
           "x": {"field": "latent_dim", "type": "quantitative", "title": "k", "scale": {"type": "log", "domain": [0.8, 12]}},
           "y": {"field": "kl", "type": "quantitative", "title": "KL_h forward (nats)"},
           "color": {"field": "target", "type": "nominal"},
           "tooltip": [{"field": "run_id"}, {"field": "seed"}, {"field": "kl", "format": ".3g"}]}}
        """));
    ObjectNode heat =
        figures
            .addObject()
            .put("name", "kl-map")
            .put("title", "Divergence of each cell")
            .put("caption", "Mean KL_h forward. n = 15 cells.")
            .put("alt", "A map of targets by latent dimensions.")
            .put("sql", (String) null)
            .put("image", (String) null);
    Rows means = new Rows(heat.putObject("table"), "target", "latent_dim", "kl");
    for (String target : TARGETS) {
      for (int k : DIMENSIONS) {
        means.add(target, k, new MadeUpCell(target, k, 0, "").divergence());
      }
    }
    heat.set(
        "spec",
        read(
            """
        {"mark": "rect", "height": 160,
         "encoding": {
           "x": {"field": "latent_dim", "type": "ordinal", "title": "k", "axis": {"labelAngle": 0}},
           "y": {"field": "target", "type": "nominal", "title": null},
           "color": {"field": "kl", "type": "quantitative", "title": "KL_h forward (nats)"},
           "tooltip": [{"field": "target"}, {"field": "latent_dim"}, {"field": "kl", "format": ".3g"}]}}
        """));
    ObjectNode image =
        figures
            .addObject()
            .put("name", "samples-by-cell")
            .put("title", "Samples of each cell")
            .put("caption", "An image as the sweep's figures folder has it. n = 1 pixel.")
            .put("alt", "A single pixel.")
            .put("sql", (String) null)
            .put(
                "image",
                "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
    image.putObject("table").putArray("columns");
    image.withObject("/table").putArray("rows");
    image.putNull("spec");
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Rows table(String name, String sql, String... columns) {
    return new Rows(report.putObject(name).put("sql", sql), columns);
  }

  /** Rows that are added to a table's JSON. */
  private static final class Rows {
    private final ArrayNode rows;

    Rows(ObjectNode table, String... columns) {
      ArrayNode names = table.putArray("columns");
      for (String column : columns) {
        names.add(column);
      }
      rows = table.putArray("rows");
    }

    int size() {
      return rows.size();
    }

    void add(Object... values) {
      ArrayNode row = rows.addArray();
      for (Object value : values) {
        row.add(MAPPER.<JsonNode>valueToTree(value));
      }
    }
  }
}
