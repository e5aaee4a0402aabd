package org.latentsweep.animation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.folder.PackWriter;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TestRuns;
import org.latentsweep.random.RandomStream;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSet;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

class AnimationsTest {
  private static final int SAMPLE = 0x1F4E9E;
  private static final int PAPER = 0xFFFFFF;

  @TempDir Path temp;

  private Path into() {
    return temp.resolve("animations");
  }

  private Animations withoutFfmpeg() {
    return new Animations(into(), Optional.empty());
  }

  /** Makes a folder with one run, whose generator cannot be read. */
  private SweepFolder folder(RunResult result) throws IOException {
    SweepFolder folder = SweepFolder.create(temp.resolve("sweep").toString(), new Configuration());
    try (PackWriter writer =
        folder.startPack(new RunPack(List.of(result.spec())), TestRuns.PROVENANCE)) {
      writer.add(result);
      writer.commit();
    }
    return folder;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(into())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path training(RunResult result) throws IOException {
    Animations.Written written = withoutFfmpeg().ofRun(folder(result), result.spec().id());
    assertThat(written.warnings()).hasSize(1);
    return written.files().get(0);
  }

  @Test
  void aGifRepeatsWithoutEndAndHasOnePalette() throws IOException {
    Animations.Written written = withoutFfmpeg().ofNaturalMap(Targets.named("spiral"));

    assertThat(written.warnings()).isEmpty();
    assertThat(written.files()).containsExactly(into().resolve("spiral-natural-map.gif"));
    assertThat(names()).containsExactly("spiral-natural-map.gif");
    Gif gif = Gif.read(written.files().get(0));
    assertThat(gif.frames()).hasSize(SlideAnimation.FRAMES);
    assertThat(gif.frames()).allMatch(frame -> frame.getWidth() == 480 && frame.getHeight() == 492);
    assertThat(gif.each("GraphicControlExtension", "delayTime")).hasSize(300).containsOnly("4");
    assertThat(gif.each("GraphicControlExtension", "disposalMethod")).containsOnly("doNotDispose");
    assertThat(gif.each("LocalColorTable", "sizeOfLocalColorTable")).isEmpty();
    assertThat(gif.repetition()).containsExactly(1, 0, 0);
  }

  @Test
  void pointsGoFromTheirLatentsToTheirSamples() throws IOException {
    TargetDistribution target = Targets.named("eight-gaussians");
    Axes axes = SlideAnimation.of(target).axes();
    Gif gif = Gif.read(withoutFfmpeg().ofNaturalMap(target).files().get(0));
    int k = target.naturalMap().latentDimension();
    float[] latents = new float[SlideAnimation.POINTS * k];
    target.naturalMap().noise().fill(RandomStream.NEW_NOISE.at(1, 0), k, latents);
    Map<Integer, Integer> first = new HashMap<>();
    Map<Integer, Integer> last = new HashMap<>();
    LatentColours colours = new LatentColours(target.naturalMap().noise(), k);
    double[] z = new double[k];
    double[] x = new double[2];
    for (int i = 0; i < SlideAnimation.POINTS; i++) {
      for (int j = 0; j < k; j++) {
        z[j] = latents[i * k + j];
      }
      target.naturalMap().map(z, x);
      int colour = colours.all()[colours.of(z)];
      add(first, axes, z[0], z[1], colour);
      add(last, axes, x[0], x[1], colour);
    }

    assertShows(gif, 0, axes, first);
    assertShows(gif, 9, axes, first);
    assertShows(gif, 290, axes, last);
    assertShows(gif, 299, axes, last);
  }

  /** Draws a point into a map from row * width + column to colour. */
  private static void add(Map<Integer, Integer> dots, Axes axes, double x, double y, int colour) {
    int corner = axes.row(y) * Axes.WIDTH + axes.column(x);
    for (int at : List.of(0, 1, -Axes.WIDTH, 1 - Axes.WIDTH)) {
      dots.put(corner + at, colour);
    }
  }

  /** Asserts that the axes show these dots and nothing else. */
  private static void assertShows(Gif gif, int frame, Axes axes, Map<Integer, Integer> dots) {
    for (int row = axes.row(axes.y().high()); row <= axes.row(axes.y().low()); row++) {
      for (int c = axes.column(axes.x().low()); c <= axes.column(axes.x().high()); c++) {
        assertThat(gif.pixel(frame, c, row))
            .as("frame %d, column %d, row %d", frame, c, row)
            .isEqualTo(dots.getOrDefault(row * Axes.WIDTH + c, PAPER));
      }
    }
  }

  @Test
  void timeStandsStillAtBothEnds() {
    assertThat(IntStream.range(0, 10).mapToDouble(SlideAnimation::time)).containsOnly(0.0);
    assertThat(SlideAnimation.time(10)).isBetween(0.003, 0.004);
    assertThat(SlideAnimation.time(149) + SlideAnimation.time(150)).isCloseTo(1, within(1e-12));
    assertThat(IntStream.range(290, 300).mapToDouble(SlideAnimation::time)).containsOnly(1.0);
  }

  @Test
  void trainingHasAFrameOfEachStoredStep() throws IOException {
    RunSpec run = TestRuns.spec("gaussian", 2, 1);
    RunResult result = TestRuns.completed(run);
    Range range = Range.symmetric(run.distribution().drawnHalfWidth());
    Axes axes = new Axes(range, range);

    Gif gif = Gif.read(training(result));

    assertThat(gif.frames()).hasSize(3);
    assertThat(gif.each("GraphicControlExtension", "delayTime")).containsExactly("20", "20", "20");
    for (int frame = 0; frame < 3; frame++) {
      SampleSet samples = result.samples().get(frame);
      Map<Integer, Integer> dots = new HashMap<>();
      for (int i = 0; i < samples.size(); i++) {
        add(dots, axes, samples.coordinate(i, 0), samples.coordinate(i, 1), SAMPLE);
      }
      for (int pixel : dots.keySet()) {
        assertThat(gif.pixel(frame, pixel % Axes.WIDTH, pixel / Axes.WIDTH)).isEqualTo(SAMPLE);
      }
      assertThat(countSamples(gif, frame)).isEqualTo(dots.size());
    }
  }

  private static long countSamples(Gif gif, int frame) {
    return IntStream.range(0, Axes.WIDTH * Axes.HEIGHT)
        .filter(i -> gif.pixel(frame, i % Axes.WIDTH, i / Axes.WIDTH) == SAMPLE)
        .count();
  }

  @Test
  void inOneDimensionBarsHaveTheAreaOfTheirSamples() throws IOException {
    float[] points = new float[1000];
    for (int i = 0; i < 1000; i++) {
      points[i] = i < 600 ? -2.5f + i / 600f : i < 990 ? 1 + (i - 600) / 390f : 7;
    }
    RunSpec run = TestRuns.spec("normal-1d", 1, 1);
    List<SampleSet> samples = List.of(new SampleSet(TestRuns.STEPS, 1, points));

    Gif gif = Gif.read(training(TestRuns.completed(run, samples)));

    assertThat(gif.frames()).hasSize(1);
    double highest = 2 / Math.sqrt(2 * Math.PI);
    double pixel = 6.0 / 428 * highest / 428;
    double area = countSamples(gif, 0) * pixel * 4 / 3; // one of four columns is left free
    assertThat(area).isCloseTo(0.99, within(0.02));
  }

  @Test
  void manySnapshotsAreThinnedEvenly() {
    List<Integer> stored = IntStream.rangeClosed(1, 600).map(i -> 50 * i).boxed().toList();

    List<Integer> shown = TrainingAnimation.evenly(stored);

    assertThat(shown).hasSize(300).doesNotHaveDuplicates().isSorted();
    assertThat(shown).startsWith(50).endsWith(30_000);
    assertThat(IntStream.range(1, 300).map(i -> shown.get(i) - shown.get(i - 1)))
        .allMatch(gap -> gap == 100 || gap == 150);
    assertThat(TrainingAnimation.evenly(stored.subList(0, 300))).isEqualTo(stored.subList(0, 300));
  }

  @Test
  void aDivergedRunHasNoSlide() throws IOException {
    RunResult result = TestRuns.diverged(TestRuns.spec("spiral", 2, 1));
    RunId id = result.spec().id();

    Animations.Written written = withoutFfmpeg().ofRun(folder(result), id);

    assertThat(written.files()).containsExactly(into().resolve(id + "-training.gif"));
    assertThat(written.warnings())
        .containsExactly("There is no slide of run " + id + ": it diverged, and has no generator");
    assertThat(Gif.read(written.files().get(0)).frames()).hasSize(1);
  }

  @Test
  void withoutAReadableGeneratorOnlyTheSlideIsMissing() throws IOException {
    RunResult result = TestRuns.completed(TestRuns.spec("spiral", 2, 1));

    Animations.Written written = withoutFfmpeg().ofRun(folder(result), result.spec().id());

    assertThat(names()).containsExactly(result.spec().id() + "-training.gif");
    assertThat(written.warnings().get(0))
        .startsWith("There is no slide of run " + result.spec().id() + ": Cannot read generator");
  }

  @Test
  void runsWithoutSamplesAreRefused() throws IOException {
    RunResult failed = TestRuns.failed(TestRuns.spec("spiral", 2, 1));
    SweepFolder folder = folder(failed);

    assertThatThrownBy(() -> withoutFfmpeg().ofRun(folder, failed.spec().id()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot animate run %s: %s holds no samples of it", failed.spec().id(), folder);
    assertThatThrownBy(() -> withoutFfmpeg().ofRun(folder, RunId.of("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot animate run %s: %s holds no such run", RunId.of("none"), folder);
    assertThat(into()).doesNotExist();
  }

  private Path program(String script) throws IOException {
    Path program = temp.resolve("ffmpeg");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  private Animations.Written trainingWith(Path ffmpeg) throws IOException {
    RunResult result = TestRuns.diverged(TestRuns.spec("spiral", 2, 1));
    return new Animations(into(), Optional.of(ffmpeg)).ofRun(folder(result), result.spec().id());
  }

  @Test
  void aFailingFfmpegLeavesTheGifAndSaysWhy() throws IOException {
    Animations.Written written =
        trainingWith(
            program("for last; do :; done; echo half > \"$last\"; echo no such codec; exit 3"));

    assertThat(names()).hasSize(1).allMatch(name -> name.endsWith("-training.gif"));
    assertThat(written.files()).hasSize(1);
    assertThat(written.warnings().get(0))
        .startsWith("Cannot write " + into())
        .endsWith("-training.mp4: ffmpeg failed: exit status 3 no such codec");
  }

  @Test
  void aProgramThatCannotBeStartedLeavesTheGif() throws IOException {
    Path program = program("");
    Files.writeString(program, "#!/no/such/shell\n");

    Animations.Written written = trainingWith(program);

    assertThat(names()).hasSize(1).allMatch(name -> name.endsWith("-training.gif"));
    assertThat(written.warnings().get(0)).contains(program.toString());
  }

  @Test
  void ffmpegIsTheFirstThatCanBeRun() throws IOException {
    Path program = program("");
    Path other = Files.createDirectories(temp.resolve("other/ffmpeg"));

    assertThat(Mp4File.find(temp.resolve("none") + ":" + other.getParent() + "::" + temp))
        .contains(program);
    assertThat(Mp4File.find(other.getParent().toString())).isEmpty();
    assertThat(Mp4File.find("")).isEmpty();
    assertThat(program.toFile().setExecutable(false)).isTrue();
    assertThat(Mp4File.find(temp.toString())).isEmpty();
  }

  @Test
  void anMp4HasTheFramesOfTheGif() throws IOException, InterruptedException {
    Optional<Path> ffmpeg = Mp4File.find(System.getenv("PATH"));
    assumeTrue(ffmpeg.isPresent(), "ffmpeg is not installed");
    Path ffprobe = ffmpeg.get().resolveSibling("ffprobe");
    assumeTrue(Files.isExecutable(ffprobe), "ffprobe is not installed beside ffmpeg");

    Animations.Written written =
        new Animations(into(), ffmpeg).ofNaturalMap(Targets.named("gaussian"));

    assertThat(written.warnings()).isEmpty();
    assertThat(names()).containsExactly("gaussian-natural-map.gif", "gaussian-natural-map.mp4");
    String entries = "stream=width,height,r_frame_rate,nb_read_frames";
    Process probe =
        new ProcessBuilder(
                ffprobe.toString(),
                "-v",
                "error",
                "-count_frames",
                "-show_entries",
                entries,
                "-of",
                "default=noprint_wrappers=1",
                written.files().get(1).toString())
            .start();
    assertThat(new String(probe.getInputStream().readAllBytes()).lines())
        .contains("width=480", "height=492", "r_frame_rate=25/1", "nb_read_frames=300");
    assertThat(probe.waitFor()).isZero();
  }
}
