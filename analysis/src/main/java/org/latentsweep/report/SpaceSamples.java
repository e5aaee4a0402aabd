package org.latentsweep.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.latentsweep.cell.GridCell;
import org.latentsweep.cell.MeasuredRun;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.figure.RunSamples;
import org.latentsweep.figure.Sampled;
import org.latentsweep.mapping.GeneratorNetwork;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.RunId;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * Points for a report's interactive pictures, encoded compactly: 16-bit integers, row-major [n, 2],
 * little-endian, base64. A coordinate of the sample space is value / 32767 * {@value #MARGIN} s,
 * where [-s, s]^2 is the square in which the target is drawn; coordinates beyond the ends are
 * clamped. A coordinate of the latent space is low + (value + 32767) / 65534 (high - low).
 */
final class SpaceSamples {
  /** Points of a frame. This and the next two are chosen by judgement to bound the page's size. */
  static final int POINTS = 1_000;

  private static final int LATENTS = 2_000;
  private static final int MAX_FRAMES = 40;
  private static final double MARGIN = 1.5; // clouds.js has the same number

  /**
   * The share of latents beyond either end of the picture, if the noise is unbounded: 3.5 standard
   * deviations of normal noise are shown. Chosen by judgement.
   */
  private static final double TAIL = 2.326290790355250e-4;

  private static final long SEED = 1;

  private final SweepQueries sweep;
  private final RunSamples training;
  private final Map<RunId, GeneratorArchive> generators;
  private final List<String> unreadable = new ArrayList<>();

  /** Reads snapshots and generators of the cells' shown runs. */
  SpaceSamples(SweepQueries sweep, List<GridCell> cells) throws IOException {
    this.sweep = sweep;
    Map<RunId, Collection<Integer>> steps = new HashMap<>();
    for (GridCell cell : cells) {
      sweep
          .shownRun(cell)
          .ifPresent(run -> steps.put(run.runId(), frames(run.steps(), cell.snapshotEvery())));
    }
    training = RunSamples.read(sweep, steps, POINTS);
    generators = sweep.folder().generators().of(steps.keySet());
  }

  /** Returns notes on the generators that cannot be read. */
  List<String> unreadable() {
    return unreadable;
  }

  /**
   * Returns evenly spaced steps at which samples are stored, with the first and the last.
   *
   * @param last the last step
   * @param every steps between two snapshots, 0 for none
   */
  static List<Integer> frames(int last, int every) {
    List<Integer> stored = new ArrayList<>();
    for (int step = every; every > 0 && step < last; step += every) {
      stored.add(step);
    }
    stored.add(last);
    List<Integer> frames = new ArrayList<>();
    int count = Math.min(MAX_FRAMES, stored.size());
    for (int f = 0; f < count; f++) {
      frames.add(stored.get(count == 1 ? 0 : f * (stored.size() - 1) / (count - 1)));
    }
    return frames;
  }

  /** Puts {@code training} and {@code map} of a cell; each is null if there is none. */
  void put(GridCell cell, ObjectNode onto) {
    onto.putNull("training");
    onto.putNull("map");
    sweep.shownRun(cell).ifPresent(run -> put(cell, run, onto));
  }

  private void put(GridCell cell, MeasuredRun run, ObjectNode onto) {
    SortedMap<Integer, float[]> sets = training.of(run.runId());
    if (!sets.isEmpty()) {
      putTraining(cell, run, sets, onto.putObject("training"));
    }
    GeneratorArchive archive = generators.get(run.runId());
    if (archive != null) {
      try {
        GeneratorNetwork generator = GeneratorNetwork.read(archive.bytes());
        putMap(cell, run, generator, onto.putObject("map"));
      } catch (IllegalArgumentException e) { // the report is written without this map
        unreadable.add(
            String.format(
                Locale.ROOT, "There is no map of run %s: %s", run.runId(), e.getMessage()));
      }
    }
  }

  private static void putTraining(
      GridCell cell, MeasuredRun run, SortedMap<Integer, float[]> sets, ObjectNode onto) {
    int points = sets.values().stream().mapToInt(set -> set.length / 2).min().orElse(0);
    putRun(run, points, onto);
    TargetDistribution target = cell.distribution();
    onto.put("half_width", target.drawnHalfWidth()).put("dimensions", target.dimensions());
    sets.keySet().forEach(onto.withArray("steps")::add);
    short[] all = new short[2 * points * sets.size()];
    int next = 0;
    for (float[] set : sets.values()) {
      for (int c = 0; c < 2 * points; c++) {
        all[next++] = sampleCode(set[c], target);
      }
    }
    onto.put("samples", base64(all));
  }

  private static void putRun(MeasuredRun run, int points, ObjectNode onto) {
    onto.put("run_id", run.runId().hex()).put("points", points);
    onto.set("seed", ReportData.whole(run.seed()));
  }

  /** Puts new latents of the run's noise, and what its generator makes of them. */
  private void putMap(GridCell cell, MeasuredRun run, GeneratorNetwork generator, ObjectNode onto) {
    NoiseLaw noise = cell.noise();
    int k = generator.latentDimension();
    float[] latents = new float[LATENTS * k];
    noise.fill(new Random(SEED), k, latents);
    double tail = Double.isInfinite(noise.quantile(0)) ? TAIL : 0;
    double low = noise.quantile(tail);
    double high = noise.quantile(1 - tail);
    TargetDistribution target = cell.distribution();
    short[] positions = new short[2 * LATENTS];
    short[] samples = new short[2 * LATENTS];
    double[] z = new double[k];
    double[] x = new double[generator.dimensions()];
    for (int i = 0; i < LATENTS; i++) {
      for (int j = 0; j < k; j++) {
        z[j] = latents[i * k + j];
      }
      generator.value(z, x);
      for (int c = 0; c < 2; c++) {
        double latent = c < k ? (z[c] - low) / (high - low) : 0.5;
        positions[2 * i + c] = code(2 * latent - 1);
        samples[2 * i + c] = c < x.length ? sampleCode(x[c], target) : 0;
      }
    }
    putRun(run, LATENTS, onto);
    onto.put("latent_low", low).put("latent_high", high).put("latent_axes", Math.min(2, k));
    onto.put("latents", base64(positions)).put("samples", base64(samples));
  }

  /** Puts samples of a target, encoded as those of runs. */
  static void putTarget(TargetDistribution target, ObjectNode onto) {
    onto.put("name", target.name());
    onto.put("half_width", target.drawnHalfWidth()).put("dimensions", target.dimensions());
    onto.put("points", POINTS);
    float[] points = Sampled.target(target, POINTS);
    short[] codes = new short[2 * POINTS];
    int d = target.dimensions();
    for (int i = 0; i < POINTS; i++) {
      for (int c = 0; c < d; c++) {
        codes[2 * i + c] = sampleCode(points[i * d + c], target);
      }
    }
    onto.put("samples", base64(codes));
  }

  private static short sampleCode(double coordinate, TargetDistribution target) {
    return code(coordinate / (MARGIN * target.drawnHalfWidth()));
  }

  /** Returns the code of a number in [-1, 1]. */
  private static short code(double number) {
    double inside = Double.isNaN(number) ? 0 : Math.max(-1, Math.min(1, number));
    return (short) Math.round(inside * Short.MAX_VALUE);
  }

  private static String base64(short[] codes) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * codes.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(codes);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
