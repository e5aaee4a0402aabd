package org.latentsweep.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jfree.chart.JFreeChart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.folder.LocalSpark;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TestRuns;
import org.latentsweep.network.Loss;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;

class HistoriesTest {
  @TempDir Path temp;

  private static RunSpec withLoss(Loss loss) {
    RunSpec s = TestRuns.spec("spiral", 2, 1);
    return new RunSpec(
        s.target(),
        s.noise(),
        s.latentDimension(),
        s.generator(),
        s.discriminator(),
        loss,
        s.generatorOptimiser(),
        s.discriminatorOptimiser(),
        s.steps(),
        s.batch(),
        s.samples(),
        s.seed());
  }

  private DrawnFigure drawn(Loss... losses) throws IOException {
    SweepFolder folder = SweepFolder.create(temp.toString(), new Configuration());
    for (Loss loss : losses) {
      TestRuns.commit(folder, new RunPack(List.of(withLoss(loss))));
    }
    try (SweepQueries sweep = new SweepQueries(LocalSpark.session(), folder)) {
      return new Histories().of(sweep).get(0);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NON_SATURATING | Losses are binary cross-entropies in nats;",
        "MINIMAX | Losses are binary cross-entropies in nats;",
        "LEAST_SQUARES | Losses are halves of squared errors, which have no unit;",
        "HINGE | Losses are hinge losses, which have no unit;",
      })
  void theCaptionSaysWhatTheLossIs(Loss loss, String words) throws IOException {
    assertThat(drawn(loss).caption()).contains(words);
  }

  @Test
  void differentLossesAreAllNamed() throws IOException {
    assertThat(drawn(Loss.HINGE, Loss.MINIMAX, Loss.NON_SATURATING).caption())
        .contains(
            "Losses are binary cross-entropies in nats, and hinge losses, which have no unit;");
  }

  @Test
  void noLossHasAUnitOnAnAxis() throws IOException {
    assertThat(drawn(Loss.HINGE).sheet().panels())
        .extracting(HistoriesTest::yLabel)
        .containsExactly(
            "discriminator loss",
            "generator loss",
            "discriminator accuracy (share)",
            "generator accuracy (share)");
    try (InputStream spec = Histories.class.getResourceAsStream("history.vl.json")) {
      assertThat(new ObjectMapper().readTree(spec).findValuesAsText("title"))
          .contains("discriminator loss", "generator loss")
          .noneMatch(title -> title.contains("nats"));
    }
  }

  private static String yLabel(JFreeChart panel) {
    return panel.getXYPlot().getRangeAxis().getLabel();
  }
}
