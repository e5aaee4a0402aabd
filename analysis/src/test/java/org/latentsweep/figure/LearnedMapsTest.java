package org.latentsweep.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.folder.LocalSpark;
import org.latentsweep.folder.PackWriter;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TestRuns;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.training.BackendChoice;
import org.latentsweep.training.CheckpointPolicy;
import org.latentsweep.training.PackTraining;

class LearnedMapsTest {
  @TempDir Path temp;
  private SweepFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = SweepFolder.create(temp.toString(), new Configuration());
  }

  private List<DrawnFigure> drawn() {
    try (SweepQueries sweep = new SweepQueries(LocalSpark.session(), folder)) {
      return new LearnedMaps().of(sweep);
    }
  }

  private static List<double[]> curve(DrawnFigure figure, String name) {
    return figure.table().rows().stream()
        .filter(row -> row.get(1).equals(name))
        .map(row -> new double[] {(Double) row.get(2), (Double) row.get(3)})
        .toList();
  }

  @Test
  void theMapOfATrainedGeneratorIsDrawnBesideTheExactOne() throws IOException {
    RunPack pack = TestRuns.pack("normal-1d", 1, 1, 1);
    List<RunResult> results = new ArrayList<>();
    PackTraining.train(
        pack,
        BackendChoice.of("reference"),
        CheckpointPolicy.NONE,
        folder.checkpoints(),
        () -> false,
        results::add);
    try (PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE)) {
      writer.add(results.get(0));
      writer.commit();
    }

    DrawnFigure figure = drawn().get(0);

    assertThat(figure.name()).isEqualTo("learned-map-normal-1d");
    assertThat(figure.sheet().panels()).hasSize(2).doesNotContainNull();
    // With normal noise and a normal target, the exact map is the identity.
    assertThat(curve(figure, "exact map"))
        .hasSizeGreaterThan(100)
        .allSatisfy(point -> assertThat(point[1]).isCloseTo(point[0], within(1e-6)));
    List<double[]> learned = curve(figure, "learned map");
    float[] samples = results.get(0).samples().get(2).points();
    double min = learned.stream().mapToDouble(point -> point[1]).min().orElseThrow();
    double max = learned.stream().mapToDouble(point -> point[1]).max().orElseThrow();
    for (float sample : samples) { // some latents may lie beyond the ends of the curve
      assertThat((double) sample).isBetween(min - 0.5, max + 0.5);
    }
    double bins = curve(figure, "sample density").stream().mapToDouble(bin -> 0.1 * bin[1]).sum();
    assertThat(bins).isCloseTo(1, within(1e-9));
    assertThat(curve(figure, "target density").get(200)[1]).isCloseTo(0.398942, within(1e-6));
  }

  @Test
  void withoutAReadableGeneratorThereAreOnlyDensities() throws IOException {
    TestRuns.commit(folder, TestRuns.pack("normal-1d", 1, 1, 2));
    TestRuns.commit(folder, TestRuns.pack("normal-1d", 3, 1, 2));

    DrawnFigure figure = drawn().get(0);

    assertThat(figure.sheet().panels()).hasSize(2);
    assertThat(curve(figure, "learned map")).isEmpty();
  }

  @Test
  void targetsInThePlaneHaveNone() throws IOException {
    TestRuns.commit(folder, TestRuns.pack("spiral", 1, 1, 1));

    assertThat(drawn()).isEmpty();
  }
}
