package org.latentsweep.animation;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.mapping.GeneratorNetwork;
import org.latentsweep.random.RandomStream;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/**
 * Moves each point in a straight line from its latent z to its sample G(z): it is at (1 - t) z + t
 * G(z), in the colour that {@link LatentColours} gives z.
 *
 * <p>Latents of more than two dimensions are shown by their first two coordinates. Points with one
 * coordinate lie on the horizontal axis. If both latents and samples have one coordinate, each
 * point has a random height, so that points can be told apart.
 */
final class SlideAnimation implements Animation {
  /** The number of frames. Chosen by judgement: the animation takes 12 seconds. */
  static final int FRAMES = 300;

  /** The number of points. Chosen by judgement: enough to show the density. */
  static final int POINTS = 10_000;

  /** Frames at each end without motion. Chosen by judgement: 0.4 seconds. */
  private static final int HOLD = 10;

  private static final int DELAY = 4; // hundredths of a second, for 25 frames per second
  private static final long SEED = 1;

  /**
   * The share of the samples that may lie outside the picture: those farthest from 0. Chosen by
   * judgement, so that a few stray samples do not shrink the others.
   */
  private static final double STRAY = 1e-3;

  /** Half width of the picture over that of the points. Chosen by judgement. */
  private static final double MARGIN = 1.05;

  private final String title;
  private final String note;
  private final LatentColours colours;
  private final double[] latents = new double[2 * POINTS]; // as shown, [n, 2]
  private final double[] samples = new double[2 * POINTS]; // as shown, [n, 2]
  private final int[] colourOf = new int[POINTS];
  private final Axes axes;

  /** Returns the animation of the generator that a run has trained. */
  static SlideAnimation of(StoredRun run, GeneratorNetwork generator) {
    int k = run.row().latentDim();
    return new SlideAnimation(
        String.format(
            Locale.ROOT, "%s, k = %d, run %s: (1 - t) z + t G(z)", run.row().target(), k, run.id()),
        Targets.named(run.row().target()),
        run.row().noise(),
        k,
        generator::value);
  }

  /** Returns the animation of the natural map of a target. */
  static SlideAnimation of(TargetDistribution target) {
    NaturalMap map = target.naturalMap();
    return new SlideAnimation(
        target.name() + ", its natural map G: (1 - t) z + t G(z)",
        target,
        map.noise(),
        map.latentDimension(),
        map::map);
  }

  private SlideAnimation(
      String title,
      TargetDistribution target,
      NoiseLaw noise,
      int k,
      BiConsumer<double[], double[]> map) {
    this.title = title;
    note = note(noise, k, target.dimensions());
    colours = new LatentColours(noise, k);
    fill(noise, k, target.dimensions(), map);
    Range range = Range.symmetric(halfWidth(target));
    axes = new Axes(range, range);
  }

  private static String note(NoiseLaw noise, int k, int d) {
    if (k > 2) {
      return String.format(Locale.ROOT, "z: coordinates 1 and 2 of %d; %s", k, noise);
    }
    return k == 1 && d == 1 ? "z: " + noise + "; heights at random" : "z: " + noise;
  }

  private void fill(NoiseLaw noise, int k, int d, BiConsumer<double[], double[]> map) {
    RandomGenerator random = RandomStream.NEW_NOISE.at(SEED, 0);
    float[] drawn = new float[POINTS * k];
    noise.fill(random, k, drawn);
    double[] z = new double[k];
    double[] x = new double[d];
    for (int i = 0; i < POINTS; i++) {
      for (int j = 0; j < k; j++) {
        z[j] = drawn[i * k + j];
      }
      map.accept(z, x);
      colourOf[i] = Palette.POINTS + colours.of(z);
      double height = k == 1 && d == 1 ? 2 * random.nextDouble() - 1 : 0;
      place(z, latents, i, height);
      place(x, samples, i, height);
    }
  }

  private static void place(double[] from, double[] shown, int i, double height) {
    shown[2 * i] = from[0];
    shown[2 * i + 1] = from.length > 1 ? from[1] : height;
  }

  /**
   * Returns a half width that contains all latents, the target's square, and almost all samples.
   */
  private double halfWidth(TargetDistribution target) {
    double latent = Arrays.stream(latents).map(Math::abs).max().orElseThrow();
    double sample = reach(samples)[(int) ((1 - STRAY) * POINTS)];
    return MARGIN * Math.max(latent, Math.max(target.drawnHalfWidth(), sample));
  }

  /** Returns the larger absolute coordinate of each point, in ascending order. */
  private static double[] reach(double[] points) {
    double[] reach = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      reach[i] = Math.max(Math.abs(points[2 * i]), Math.abs(points[2 * i + 1]));
    }
    Arrays.sort(reach);
    return reach;
  }

  /** Returns t of a frame. */
  static double time(int frame) {
    double moved = (frame - (HOLD - 1.0)) / (FRAMES - 1 - 2 * (HOLD - 1.0));
    return Math.min(1, Math.max(0, moved));
  }

  /** Returns the axes of the picture. */
  Axes axes() {
    return axes;
  }

  @Override
  public int delay() {
    return DELAY;
  }

  @Override
  public void draw(FrameSink sink) throws IOException {
    Canvas canvas = new Canvas(Axes.WIDTH, Axes.HEIGHT, Palette.of(colours.all()));
    Lettering lettering = new Lettering(Axes.WIDTH);
    Axes.title(canvas, lettering, title);
    Axes.note(canvas, lettering, note);
    axes.draw(canvas, lettering);
    byte[] background = canvas.copy();
    for (int frame = 0; frame < FRAMES; frame++) {
      double t = time(frame);
      canvas.restore(background);
      int outside = draw(canvas, t);
      Axes.status(canvas, lettering, status(t, outside));
      sink.add(canvas.image());
    }
  }

  private int draw(Canvas canvas, double t) {
    int outside = 0;
    for (int i = 0; i < POINTS; i++) {
      double x = (1 - t) * latents[2 * i] + t * samples[2 * i];
      double y = (1 - t) * latents[2 * i + 1] + t * samples[2 * i + 1];
      if (axes.contains(x, y)) {
        axes.dot(canvas, x, y, colourOf[i]);
      } else {
        outside++;
      }
    }
    return outside;
  }

  private static String status(double t, int outside) {
    String status = String.format(Locale.ROOT, "t = %.2f", t);
    return outside == 0 ? status : status + String.format(Locale.ROOT, " (%,d outside)", outside);
  }
}
