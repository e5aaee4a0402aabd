package org.latentsweep.animation;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.folder.PackWriter;
import org.latentsweep.folder.Provenance;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.mapping.GeneratorNetwork;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.random.RandomStream;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.training.BackendChoice;
import org.latentsweep.training.CheckpointPolicy;
import org.latentsweep.training.CheckpointStore;
import org.latentsweep.training.PackTraining;

/** Animations of a trained run from its output folder. */
class RunAnimationsTest {
  private static final int PAPER = 0xFFFFFF;

  private static final CheckpointStore NO_CHECKPOINTS =
      new CheckpointStore() {
        @Override
        public Optional<InputStream> read(RunId run) {
          return Optional.empty();
        }

        @Override
        public void write(RunId run, Content content) {}
      };

  @TempDir Path temp;

  private static RunSpec run() {
    AdamSpec adam = new AdamSpec(1e-3, 0.5, 0.999, 1e-7);
    return new RunSpec(
        "eight-gaussians",
        new NoiseLaw.Normal(),
        3,
        new MlpSpec(List.of(16, 16), Activation.RELU, Activation.LINEAR),
        new MlpSpec(List.of(8), Activation.RELU, Activation.LINEAR),
        Loss.NON_SATURATING,
        adam,
        adam,
        40,
        16,
        new SampleSchedule(10, 100, 200),
        7);
  }

  private RunResult trainInto(SweepFolder folder) throws IOException {
    RunPack pack = new RunPack(List.of(run()));
    List<RunResult> results = new ArrayList<>();
    PackTraining.train(
        pack,
        BackendChoice.of("cpu"),
        CheckpointPolicy.NONE,
        NO_CHECKPOINTS,
        () -> false,
        results::add);
    try (PackWriter writer =
        folder.startPack(pack, new Provenance("test", "0.1", "here", "0.1.0"))) {
      writer.add(results.get(0));
      writer.commit();
    }
    return results.get(0);
  }

  private static List<BufferedImage> frames(Path gif) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new File(gif.toString()))) {
      reader.setInput(in);
      List<BufferedImage> frames = new ArrayList<>();
      for (int i = 0; i < reader.getNumImages(true); i++) {
        frames.add(reader.read(i));
      }
      return frames;
    } finally {
      reader.dispose();
    }
  }

  @Test
  void pointsEndAtTheSamplesOfTheRunsGenerator() throws IOException {
    SweepFolder folder = SweepFolder.create(temp.resolve("sweep").toString(), new Configuration());
    RunResult result = trainInto(folder);
    RunId id = run().id();
    Path into = temp.resolve("animations");

    Animations.Written written = new Animations(into, Optional.empty()).ofRun(folder, id);

    assertThat(written.warnings()).isEmpty();
    assertThat(written.files())
        .containsExactly(into.resolve(id + "-training.gif"), into.resolve(id + "-slide.gif"));
    assertThat(frames(written.files().get(0))).hasSize(4); // steps 10, 20, 30, 40
    GeneratorNetwork generator = GeneratorNetwork.read(result.generator().orElseThrow().bytes());
    Axes axes = SlideAnimation.of(folder.runs().all().get(id), generator).axes();
    List<BufferedImage> slide = frames(written.files().get(1));
    assertShows(slide.get(0), axes, latents());
    assertShows(slide.get(299), axes, samples(generator));
  }

  private static double[][] latents() {
    float[] drawn = new float[3 * SlideAnimation.POINTS];
    run().noise().fill(RandomStream.NEW_NOISE.at(1, 0), 3, drawn);
    double[][] latents = new double[SlideAnimation.POINTS][];
    for (int i = 0; i < latents.length; i++) {
      latents[i] = new double[] {drawn[3 * i], drawn[3 * i + 1], drawn[3 * i + 2]};
    }
    return latents;
  }

  private static double[][] samples(GeneratorNetwork generator) {
    double[][] latents = latents();
    double[][] samples = new double[latents.length][2];
    for (int i = 0; i < latents.length; i++) {
      generator.value(latents[i], samples[i]);
    }
    return samples;
  }

  /** Asserts that there are dots where the points are, and nowhere else. */
  private static void assertShows(BufferedImage frame, Axes axes, double[][] points) {
    Set<Integer> expected = new HashSet<>();
    for (double[] point : points) {
      if (axes.contains(point[0], point[1])) {
        int corner = axes.row(point[1]) * Axes.WIDTH + axes.column(point[0]);
        expected.addAll(List.of(corner, corner + 1, corner - Axes.WIDTH, corner + 1 - Axes.WIDTH));
      }
    }
    Set<Integer> drawn = new HashSet<>();
    for (int row = axes.row(axes.y().high()); row <= axes.row(axes.y().low()); row++) {
      for (int c = axes.column(axes.x().low()); c <= axes.column(axes.x().high()); c++) {
        if ((frame.getRGB(c, row) & 0xFFFFFF) != PAPER) {
          drawn.add(row * Axes.WIDTH + c);
        }
      }
    }
    assertThat(drawn).isEqualTo(expected);
  }
}
