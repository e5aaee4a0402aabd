package org.latentsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.sweep.SweepText.PARSER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentsweep.run.SampleSchedule;

/** The sweeps in the folder conf. */
class ShippedSweepsTest {
  private static final Path SWEEPS = Path.of("..", "conf", "sweeps");

  @ParameterizedTest
  @CsvSource({"quickstart, 27", "latent-dim, 150", "gallery, 60", "smoke, 8"})
  void shippedSweepsAreSound(String name, int runs) {
    SweepSpec spec = PARSER.parse(SWEEPS.resolve(name + ".conf"), List.of());

    assertThat(spec.name()).isEqualTo(name);
    assertThat(spec.output()).isEqualTo("results/" + name);
    assertThat(spec.runs()).hasSize(runs);
  }

  @Test
  void everyShippedSweepIsTested() throws IOException {
    try (Stream<Path> files = Files.list(SWEEPS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "quickstart.conf", "latent-dim.conf", "gallery.conf", "smoke.conf");
    }
  }

  @Test
  void theLatentDimSweepIsThePublishedOne() {
    SweepSpec spec = PARSER.parse(SWEEPS.resolve("latent-dim.conf"), List.of());

    assertThat(spec.runs())
        .allMatch(run -> run.steps() == 30000)
        .allMatch(run -> run.samples().equals(new SampleSchedule(50, 5000, 100000)));
  }
}
