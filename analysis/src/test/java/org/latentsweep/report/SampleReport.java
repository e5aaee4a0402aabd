package org.latentsweep.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up reports of sweeps, in the form of real ones. */
final class SampleReport {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  static final int[] DIMENSIONS = {1, 2, 3, 5, 10};
  static final List<String> TARGETS = List.of("normal-1d", "gaussian", "eight-gaussians");
  private static final List<String> METRICS = List.of("kl_forward", "kl_reverse", "kl_mean");

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
    new SamplePictures(sample.report, sample.seeds, sample.random).put(cells, Integer.MAX_VALUE);
    SampleFigures.put(sample.report);
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
    new SamplePictures(sample.report, sample.seeds, sample.random).put(cells, 60);
    SampleFigures.put(sample.report);
    return sample.report;
  }

  /** A sweep without finished runs. */
  static ObjectNode begun() {
    ObjectNode report = JSON.objectNode().put("sweep", "just-begun").put("live", true);
    report.putObject("counts").put("planned", 60).put("finished", 0);
    for (String list : List.of("headline", "notes", "cells", "targets", "figures")) {
      report.putArray(list);
    }
    for (String table : List.of("provenance", "ranking", "summary", "comparisons", "runs")) {
      report.putObject(table).put("sql", (String) null).putArray("columns");
      report.withObject("/" + table).putArray("rows");
    }
    return report;
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
    JsonRows provenance = table("provenance", null, "version", "backend", "device", "host", "runs");
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
    JsonRows runs = runsTable();
    JsonRows ranking = rankingTable();
    JsonRows summary = summaryTable();
    JsonRows comparisons = comparisonsTable();
    for (MadeUpCell cell : cells) {
      runs(cell, runs);
      ranking(cell, ranking);
      metrics.forEach(metric -> summary(cell, metric, summary));
    }
    for (int i = 0; i + 1 < Math.min(cells.size(), 400); i++) {
      comparison(cells.get(i), cells.get(i + 1), comparisons);
    }
  }

  private JsonRows runsTable() {
    return table(
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
  }

  private JsonRows rankingTable() {
    return table(
        "ranking",
        "SELECT * FROM summary WHERE metric = 'kl_skew'",
        "target",
        "latent_dim",
        "config_hash",
        "kl_skew",
        "skew_low",
        "skew_high",
        "kl_forward",
        "forward_low",
        "forward_high",
        "may_be_best");
  }

  private JsonRows summaryTable() {
    return table(
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
  }

  private JsonRows comparisonsTable() {
    return table(
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
  }

  private void runs(MadeUpCell cell, JsonRows rows) {
    for (int seed = 1; seed <= seeds; seed++) {
      double kl = cell.divergence() * (0.7 + 0.6 * random.nextDouble());
      boolean failed = rows.size() == 7;
      boolean infinite = rows.size() == 5;
      rows.add(
          cell.runId(seed),
          cell.hash(),
          cell.target(),
          cell.latentDimension(),
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

  /** The upper end of the forward divergence is open. */
  private static void ranking(MadeUpCell cell, JsonRows rows) {
    double kl = cell.divergence();
    rows.add(
        cell.target(),
        cell.latentDimension(),
        cell.hash(),
        kl,
        kl * 0.9,
        kl * 1.1,
        kl * 1.5,
        kl * 1.2,
        "Infinity",
        "yes");
  }

  private void summary(MadeUpCell cell, String metric, JsonRows rows) {
    double mean = cell.divergence() * (metric.equals("kl_reverse") ? 0.5 : 1);
    double sd = mean * 0.2 * random.nextDouble();
    rows.add(
        cell.target(),
        cell.latentDimension(),
        cell.hash(),
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

  private void comparison(MadeUpCell a, MadeUpCell b, JsonRows rows) {
    if (!a.target().equals(b.target())) {
      return;
    }
    double p = a.latentDimension() < 3 ? 0.001 : 0.4;
    rows.add(
        a.target(),
        "kl_forward",
        "latent_dim",
        "" + a.latentDimension(),
        "" + b.latentDimension(),
        a.hash(),
        b.hash(),
        a.divergence() - b.divergence(),
        -0.1,
        0.9,
        p,
        Math.min(1, 2 * p));
  }

  private JsonRows table(String name, String sql, String... columns) {
    return new JsonRows(report.putObject(name).put("sql", sql), columns);
  }
}
