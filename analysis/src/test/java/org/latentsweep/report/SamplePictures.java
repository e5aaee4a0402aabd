package org.latentsweep.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** The pictures of cells in a {@link SampleReport}: training, maps and samples of the targets. */
final class SamplePictures {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final double HALF_WIDTH = 4;
  private static final int POINTS = 600;

  private final ObjectNode report;
  private final int seeds;
  private final SplittableRandom random;

  SamplePictures(ObjectNode report, int seeds, SplittableRandom random) {
    this.report = report;
    this.seeds = seeds;
    this.random = random;
  }

  /** Puts the pictures of the first cells, and what is known of all of them. */
  void put(List<MadeUpCell> cells, int pictured) {
    ArrayNode list = report.putArray("cells");
    for (MadeUpCell cell : cells) {
      ObjectNode node =
          list.addObject()
              .put("config_hash", cell.hash())
              .put("target", cell.target())
              .put("latent_dim", cell.latentDimension())
              .put("label", cell.label())
              .put("runs", seeds)
              .put("diverged", 0)
              .put("failed", 0);
      node.put("diagnosis", cell.diagnosis());
      boolean here = list.size() <= pictured;
      node.set("training", here ? training(cell) : JSON.nullNode());
      node.set("map", here ? map(cell) : JSON.nullNode());
    }
    putTargets();
  }

  private void putTargets() {
    ArrayNode targets = report.putArray("targets");
    for (String target : SampleReport.TARGETS) {
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
            .put("run_id", cell.runId(1))
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
        .put("run_id", cell.runId(1))
        .put("seed", 1)
        .put("points", POINTS)
        .put("latent_low", 0.0)
        .put("latent_high", 1.0)
        .put("latent_axes", Math.min(2, cell.latentDimension()))
        .put("latents", encodedBy(latents.length, i -> 2 * latents[i] - 1))
        .put("samples", encoded(samples(cell, latents, 1), HALF_WIDTH * 1.5));
  }

  private double[] latents(int points) {
    return random.doubles(2L * points).toArray();
  }

  /** Returns samples of a generator after that share of its training. */
  private double[] samples(MadeUpCell cell, double[] latents, double progress) {
    double[] samples = new double[latents.length];
    for (int i = 0; i < latents.length; i += 2) {
      double u = latents[i];
      double v = cell.latentDimension() == 1 ? 0.4 : latents[i + 1];
      double angle = 2 * Math.PI * u;
      double radius = Math.sqrt(-2 * Math.log(Math.max(v, 1e-3))) * progress;
      double x = radius * Math.cos(angle);
      double y = cell.dimensions() == 1 ? 0 : radius * Math.sin(angle);
      if (cell.target().startsWith("eight")) {
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
}
