package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An output folder that a release with format 2 wrote can be read, grown and reported. */
class FormerFormatTest {
  private static final Path FORMAT_2 = Path.of("src/test/resources/format-2");
  private static final String STEPS =
      "SELECT latent_dim, seed, outcome, steps, steps_done FROM runs WHERE seed < 3 ORDER BY 1, 2, 3";
  private static final String SAMPLES =
      "SELECT run_id, step, i, x, y FROM samples JOIN runs USING (run_id) WHERE seed < 3"
          + " ORDER BY 1, 2, 3";
  private static final String METRICS =
      "SELECT metrics.* FROM metrics JOIN runs USING (run_id) WHERE seed < 3"
          + " ORDER BY run_id, step, metric, bandwidth";

  @TempDir private Path temp;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream file = Files.newInputStream(FORMAT_2.resolve("output.zip"));
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = temp.resolve(entry.getName());
        Files.createDirectories(path.getParent());
        Files.copy(zip, path);
      }
    }
  }

  private String marker() throws IOException {
    return Files.readString(temp.resolve("_latentsweep.json")).strip();
  }

  private void grow() {
    Cli.succeed(
        "run",
        FORMAT_2.resolve("sweep.conf"),
        "--set",
        "output=" + temp,
        "--set",
        "axes.seed=1..3");
  }

  @Test
  void itIsReadAndNotWrittenTo() throws IOException {
    assertThat(Cli.sql(temp, STEPS))
        .containsExactly(
            "1,1,completed,20,20",
            "1,1,diverged,20,2",
            "1,2,completed,20,20",
            "1,2,diverged,20,2",
            "2,1,completed,20,20",
            "2,1,diverged,20,2",
            "2,2,completed,20,20",
            "2,2,diverged,20,2");
    assertThat(Cli.succeed("status", temp, "--format", "csv").out().lines())
        .element(1)
        .asString()
        .isEqualTo("4,4,0,0,0,0");
    assertThat(marker()).isEqualTo("{\"format\": 2}");
  }

  @Test
  void itGrowsAndKeepsItsRows() throws IOException {
    List<String> steps = Cli.sql(temp, STEPS);
    List<String> samples = Cli.sql(temp, SAMPLES);
    List<String> metrics = Cli.sql(temp, METRICS);

    grow();

    assertThat(marker()).isEqualTo("{\"format\": 3}");
    assertThat(Cli.sql(temp, "SELECT count(*) FROM runs")).containsExactly("12");
    assertThat(Cli.sql(temp, "SELECT DISTINCT steps_done FROM runs WHERE seed = 3 ORDER BY 1"))
        .containsExactly("2", "20");
    assertThat(Cli.sql(temp, STEPS)).isEqualTo(steps);
    assertThat(Cli.sql(temp, SAMPLES)).isEqualTo(samples);
    assertThat(Cli.sql(temp, METRICS)).isEqualTo(metrics);
  }

  private void isOfTheCurrentFormat() throws IOException {
    assertThat(marker()).isEqualTo("{\"format\": 3}");
    assertThat(temp.resolve("views.sql"))
        .content()
        .contains("AS steps_done", "parquet.`file:" + temp + "/runs`");
  }

  @Test
  void itIsOfTheCurrentFormatOnceItIsCompacted() throws IOException {
    List<String> steps = Cli.sql(temp, STEPS);

    Cli.succeed("compact", temp, "--grace", "0");

    isOfTheCurrentFormat();
    assertThat(Cli.sql(temp, STEPS)).isEqualTo(steps);
  }

  @Test
  void itIsOfTheCurrentFormatOnceItIsAnalyzed() throws IOException {
    List<String> metrics = Cli.sql(temp, METRICS);

    Cli.succeed("analyze", temp, "--metrics", "kl");

    isOfTheCurrentFormat();
    assertThat(Cli.sql(temp, METRICS)).containsAll(metrics);
  }

  @Test
  void itIsReported() {
    Cli.succeed("report", temp);

    assertThat(temp.resolve("report.html")).isNotEmptyFile();
    assertThat(temp.resolve("figures/kl-by-latent-dimension.svg")).isNotEmptyFile();
  }

  @Test
  void itsPartsMergeWithNewOnes() {
    List<String> steps = Cli.sql(temp, STEPS);
    List<String> samples = Cli.sql(temp, SAMPLES);
    grow();

    Cli.succeed("compact", temp, "--grace", "0");

    assertThat(temp.resolve("runs").toFile().list((folder, name) -> name.startsWith("merged-")))
        .isNotEmpty();
    assertThat(Cli.sql(temp, STEPS)).isEqualTo(steps);
    assertThat(Cli.sql(temp, SAMPLES)).isEqualTo(samples);
  }
}
