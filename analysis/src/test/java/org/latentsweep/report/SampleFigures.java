package org.latentsweep.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The figures of a {@link SampleReport}: two charts and an image. */
final class SampleFigures {
  private SampleFigures() {}

  /** Puts the figures of a report that has its runs. */
  static void put(ObjectNode report) {
    ArrayNode figures = report.putArray("figures");
    putPoints(report.at("/runs/rows"), figures);
    putHeatMap(figures);
    putImage(figures);
  }

  private static void putPoints(JsonNode runs, ArrayNode figures) {
    ObjectNode lines =
        figures
            .addObject()
            .put("name", "kl-by-latent-dimension")
            .put("title", "Divergence by latent dimension")
            .put("caption", "KL_h forward of each run, in nats. n = 60 runs.")
            .put("alt", "KL_h forward falls with the latent dimension on all targets.")
            .put("sql", "SELECT target, latent_dim, seed, kl_forward FROM runs")
            .put("image", (String) null);
    JsonRows rows =
        new JsonRows(lines.putObject("table"), "target", "latent_dim", "run_id", "seed", "kl");
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
  }

  private static void putHeatMap(ArrayNode figures) {
    ObjectNode heat =
        figures
            .addObject()
            .put("name", "kl-map")
            .put("title", "Divergence of each cell")
            .put("caption", "Mean KL_h forward. n = 15 cells.")
            .put("alt", "A map of targets by latent dimensions.")
            .put("sql", (String) null)
            .put("image", (String) null);
    JsonRows means = new JsonRows(heat.putObject("table"), "target", "latent_dim", "kl");
    for (String target : SampleReport.TARGETS) {
      for (int k : SampleReport.DIMENSIONS) {
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
  }

  private static void putImage(ArrayNode figures) {
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
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
