package org.latentsweep.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TestRuns;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.run.SampleSet;

class SampleReaderTest {
  @TempDir Path temp;
  private SweepFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = SweepFolder.create(temp.toString(), new Configuration());
  }

  private SampleReader open(RunPack pack, OptionalInt step) throws IOException {
    RunPack.Shared shared = pack.shared();
    return folder
        .samples()
        .ofPart(shared.target(), shared.latentDimension(), "part-" + pack.id(), step);
  }

  private RunPack commit(String target, SampleSchedule schedule) throws IOException {
    List<RunSpec> runs = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      runs.add(TestRuns.spec(target, 1, seed, schedule));
    }
    RunPack pack = new RunPack(runs);
    TestRuns.commit(folder, pack);
    return pack;
  }

  private static float[] points(SampleSet set) {
    float[] points = new float[set.size() * set.dimensions()];
    for (int i = 0; i < points.length; i++) {
      points[i] = set.coordinate(i / set.dimensions(), i % set.dimensions());
    }
    return points;
  }

  @Test
  void setsAreReadAsTheyWereDrawn() throws IOException {
    RunPack pack = commit("gaussian", new SampleSchedule(2, 3, 10));

    try (SampleReader reader = open(pack, OptionalInt.empty())) {
      for (RunSpec run : pack.runs()) {
        for (SampleSet set : TestRuns.completed(run).samples()) {
          assertThat(reader.next()).isTrue();
          assertThat(reader.runId()).isEqualTo(run.id().hex());
          assertThat(reader.step()).isEqualTo(set.step());
          assertThat(reader.size()).isEqualTo(set.size());
          assertThat(reader.withoutY()).isZero();
          assertThat(reader.points(2)).containsExactly(points(set));
        }
      }
      assertThat(reader.next()).isFalse();
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void samplesOfOtherStepsAreSkipped() throws IOException {
    RunPack pack = commit("eight-gaussians", new SampleSchedule(2, 30_000, 50_001));

    for (int index = 0; index < 3; index++) {
      int step = List.of(2, 4, 5).get(index);
      try (SampleReader reader = open(pack, OptionalInt.of(step))) {
        for (RunSpec run : pack.runs()) {
          assertThat(reader.next()).isTrue();
          assertThat(reader.runId()).isEqualTo(run.id().hex());
          assertThat(reader.step()).isEqualTo(step);
          assertThat(reader.points(2))
              .containsExactly(points(TestRuns.completed(run).samples().get(index)));
        }
        assertThat(reader.next()).isFalse();
      }
    }
    try (SampleReader reader = open(pack, OptionalInt.of(3))) {
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void samplesOfOtherRunsAreSkipped() throws IOException {
    RunPack pack = commit("eight-gaussians", new SampleSchedule(2, 30_000, 50_001));

    for (RunSpec run : pack.runs()) {
      StoredRun finished = folder.runs().all().get(run.id());
      try (SampleReader reader = folder.samples().of(finished).orElseThrow()) {
        for (SampleSet set : TestRuns.completed(run).samples()) {
          assertThat(reader.next()).isTrue();
          assertThat(reader.runId()).isEqualTo(run.id().hex());
          assertThat(reader.step()).isEqualTo(set.step());
          assertThat(reader.points(2)).containsExactly(points(set));
        }
        assertThat(reader.next()).isFalse();
      }
    }
  }

  @Test
  void oneDimensionalSamplesHaveNoY() throws IOException {
    RunPack pack = commit("normal-1d", new SampleSchedule(0, 0, 10));

    try (SampleReader reader = open(pack, OptionalInt.empty())) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.withoutY()).isEqualTo(10);
      assertThat(reader.points(1))
          .containsExactly(points(TestRuns.completed(pack.runs().get(0)).samples().get(0)));
      assertThat(reader.points(2)[1]).isNaN();
    }
  }

  @Test
  void theExceptionOfADamagedFileNamesIt() throws IOException {
    RunPack pack = commit("gaussian", new SampleSchedule(0, 0, 10));
    byte[] bytes = Files.readAllBytes(file(pack));
    Arrays.fill(bytes, 4, 100, (byte) 0x55);
    Files.write(file(pack), bytes);

    try (SampleReader reader = open(pack, OptionalInt.empty())) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Cannot read " + file(pack) + ": ");
    }
  }

  @Test
  void theExceptionOfAMissingFileNamesIt() throws IOException {
    RunPack pack = commit("gaussian", new SampleSchedule(0, 0, 10));
    Files.delete(file(pack));

    assertThatThrownBy(() -> open(pack, OptionalInt.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot read " + file(pack) + ": ");
  }

  private Path file(RunPack pack) {
    return temp.resolve("samples/target=gaussian/latent_dim=1/part-" + pack.id() + ".parquet");
  }
}
