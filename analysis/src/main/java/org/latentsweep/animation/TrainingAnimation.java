package org.latentsweep.animation;

import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.table.SampleReader;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/**
 * Shows a run's samples at each step at which they were stored, over its target: in two dimensions
 * as points over points, in one dimension as a histogram over the density.
 */
final class TrainingAnimation implements Animation {
  /** The largest number of frames. Chosen by judgement: at least 4 hundredths of a second each. */
  static final int FRAMES = 300;

  /**
   * The largest number of samples of a step. All steps have samples of the same first latents.
   * Chosen by judgement: enough to show the density, few enough to show single points.
   */
  static final int POINTS = 5_000;

  private static final int POINT_COLOUR = 0x1F4E9E;

  /**
   * The duration of an animation of many frames, in hundredths of a second. Chosen by judgement.
   */
  private static final int DURATION = 1_200;

  /** The longest time that a frame is shown, in hundredths of a second. Chosen by judgement. */
  private static final int MAX_DELAY = 20;

  private final SweepFolder folder;
  private final StoredRun run;
  private final TargetDistribution target;
  private final Set<Integer> steps; // that are shown

  /**
   * Makes the animation of a run.
   *
   * @throws IllegalArgumentException if the run has no samples
   * @throws IOException if its samples cannot be read
   */
  TrainingAnimation(SweepFolder folder, StoredRun run) throws IOException {
    this.folder = folder;
    this.run = run;
    target = Targets.named(run.row().target());
    steps = Set.copyOf(evenly(storedSteps()));
    if (steps.isEmpty()) {
      throw withoutSamples();
    }
  }

  private IllegalArgumentException withoutSamples() {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT, "Cannot animate run %s: %s holds no samples of it", run.id(), folder));
  }

  private SampleReader samples() throws IOException {
    return folder.samples().of(run).orElseThrow(this::withoutSamples);
  }

  private List<Integer> storedSteps() throws IOException {
    Set<Integer> stored = new TreeSet<>();
    try (SampleReader reader = samples()) {
      while (reader.next()) {
        stored.add(reader.step());
      }
    }
    return List.copyOf(stored);
  }

  /** Returns {@link #FRAMES} evenly spaced steps with the first and the last, or all if fewer. */
  static List<Integer> evenly(List<Integer> stored) {
    if (stored.size() <= FRAMES) {
      return stored;
    }
    double stride = (stored.size() - 1) / (FRAMES - 1.0);
    return IntStream.range(0, FRAMES)
        .mapToObj(i -> stored.get((int) Math.round(i * stride)))
        .toList();
  }

  @Override
  public int delay() {
    return Math.min(MAX_DELAY, DURATION / steps.size());
  }

  @Override
  public void draw(FrameSink sink) throws IOException {
    IndexColorModel palette = Palette.of(POINT_COLOUR);
    Canvas canvas = new Canvas(Axes.WIDTH, Axes.HEIGHT, palette);
    Lettering lettering = new Lettering(Axes.WIDTH);
    SampleView view = target.dimensions() == 1 ? new DensityView(target) : new PointView(target);
    Axes.title(
        canvas,
        lettering,
        String.format(
            Locale.ROOT,
            "%s, k = %d, run %s",
            run.row().target(),
            run.row().latentDim(),
            run.id()));
    Axes.note(canvas, lettering, view.note());
    view.drawTarget(canvas);
    view.axes().draw(canvas, lettering);
    byte[] background = canvas.copy();
    try (SampleReader reader = samples()) {
      while (reader.next()) {
        if (steps.contains(reader.step())) {
          canvas.restore(background);
          draw(reader, view, canvas, lettering);
          sink.add(canvas.image());
        }
      }
    }
  }

  private void draw(SampleReader reader, SampleView view, Canvas canvas, Lettering lettering) {
    int n = Math.min(POINTS, reader.size());
    int d = target.dimensions();
    int outside = view.draw(canvas, Arrays.copyOf(reader.points(d), n * d));
    Axes.status(canvas, lettering, status(reader.step(), n, outside));
  }

  private static String status(int step, int n, int outside) {
    String status = String.format(Locale.ROOT, "step %,d   n = %,d", step, n);
    return outside == 0 ? status : status + String.format(Locale.ROOT, " (%,d outside)", outside);
  }
}
