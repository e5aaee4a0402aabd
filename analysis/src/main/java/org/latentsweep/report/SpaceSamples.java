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
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.latentsweep.cell.Cell;
import org.latentsweep.cell.SweepTables;
import org.latentsweep.figure.RunSamples;
import org.latentsweep.figure.Sampled;
import org.latentsweep.mapping.GeneratorNetwork;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.RunId;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * Points for a report's interactive pictures, small enough for a page: 16-bit integers, row-major
 * [n, 2], little-endian, base64. A coordinate of the sample space is value / 32767 * {@value
 * #MARGIN} s, with [-s, s]^2 the square in which the target is drawn; what lies beyond is at the
 * end. A coordinate of the latent space is low + (value + 32767) / 65534 (high - low).
 */
final class SpaceSamples {
  static final int POINTS = 1_000;
  private static final int LATENTS = 2_000;
  private static final int FRAMES = 40;
  private static final double MARGIN = 1.5;
  private static final double NORMAL_REACH = 3.5; // standard deviations
  private static final long SEED = 1;

  private final RunSamples training;
  private final Map<RunId, GeneratorArchive> generators;
  private final List<String> unreadable = new ArrayList<>();

  /** What is left out because a generator cannot be read. */
  List<String> unreadable() {
    return unreadable;
  }

  /** Reads snapshots and generators of the cells' shown runs. */
  SpaceSamples(SweepTables sweep, List<Cell> cells) throws IOException {
    training = RunSamples.read(sweep, steps(cells), POINTS);
    generators =
        sweep
            .folder()
            .generators()
            .of(
                cells.stream()
                    .flatMap(cell -> cell.shown().stream())
                    .map(run -> new RunId(run.id()))
                    .collect(Collectors.toSet()));
  }

  /** Evenly chosen snapshots of each shown run, with the first and the last. */
  private static Map<String, Collection<Integer>> steps(List<Cell> cells) {
    Map<String, Collection<Integer>> steps = new HashMap<>();
    for (Cell cell : cells) {
      cell.shown().ifPresent(run -> steps.put(run.id(), frames(run.steps(), cell.snapshotEvery())));
    }
    return steps;
  }

  static List<Integer> frames(int last, int every) {
    List<Integer> stored = new ArrayList<>();
    for (int step = every; every > 0 && step < last; step += every) {
      stored.add(step);
    }
    stored.add(last);
    List<Integer> frames = new ArrayList<>();
    int count = Math.min(FRAMES, stored.size());
    for (int f = 0; f < count; f++) {
      frames.add(stored.get(count == 1 ? 0 : f * (stored.size() - 1) / (count - 1)));
    }
    return frames;
  }

  /** Puts {@code training} and {@code map} of a cell, null where there are none. */
  void put(Cell cell, ObjectNode onto) {
    onto.putNull("training");
    onto.putNull("map");
    if (cell.shown().isEmpty()) {
      return;
    }
    Cell.ShownRun run = cell.shown().get();
    SortedMap<Integer, float[]> sets = training.of(run.id());
    if (!sets.isEmpty()) {
      putTraining(cell, run, sets, onto.putObject("training"));
    }
    GeneratorArchive archive = generators.get(new RunId(run.id()));
    if (archive != null) {
      try {
        GeneratorNetwork generator = GeneratorNetwork.read(archive.bytes());
        putMap(cell, run, generator, onto.putObject("map"));
      } catch (IllegalArgumentException e) { // the rest of the report is worth having
        unreadable.add("There is no map of run %s: %s".formatted(run.id(), e.getMessage()));
      }
    }
  }

  private static void putTraining(
      Cell cell, Cell.ShownRun run, SortedMap<Integer, float[]> sets, ObjectNode onto) {
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

  private static void putRun(Cell.ShownRun run, int points, ObjectNode onto) {
    onto.put("run_id", run.id()).put("points", points);
    onto.set("seed", ReportJson.whole(run.seed()));
  }

  /** Fresh latents of the run's noise, through its generator. */
  private void putMap(Cell cell, Cell.ShownRun run, GeneratorNetwork generator, ObjectNode onto) {
    NoiseLaw noise = cell.noise();
    int k = generator.latentDimension();
    float[] latents = new float[LATENTS * k];
    noise.fill(new Random(SEED), k, latents);
    boolean uniform = noise instanceof NoiseLaw.Uniform;
    double low = uniform ? ((NoiseLaw.Uniform) noise).low() : -NORMAL_REACH;
    double high = uniform ? ((NoiseLaw.Uniform) noise).high() : NORMAL_REACH;
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

  /** True samples, as those of runs. */
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

  /** Of a number in [-1, 1]. */
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
