package org.latentsweep.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.junit.jupiter.api.Test;
import org.latentsweep.table.NamedColumns;

class SheetTest {
  private static DrawnFigure figure(int panels) {
    JFreeChart panel = Charts.chart("a", Charts.plot(Charts.axis("x"), Charts.axis("y")), false);
    Sheet sheet = new Sheet(10, 20, 30, Collections.nCopies(panels, panel));
    NamedColumns table = new NamedColumns(List.of("x"), List.of(), Optional.empty());
    return new DrawnFigure("kind", "", "Title", "All of it.", table, sheet);
  }

  @Test
  void allOfSixtyPanelsAreDrawn() {
    DrawnFigure figure = figure(60);
    assertThat(figure.sheet().panels()).hasSize(60);
    assertThat(figure.drawnCaption()).isEqualTo("All of it.");
  }

  @Test
  void ofMorePanelsTheFirstAreDrawnAndTheCaptionSaysSo() {
    DrawnFigure figure = figure(501);
    assertThat(figure.sheet().panels()).hasSize(60);
    assertThat(figure.sheet().height()).isEqualTo(6 * 30);
    assertThat(figure.caption()).isEqualTo("All of it.");
    assertThat(figure.drawnCaption())
        .isEqualTo("All of it. The first 60 of 501 panels; the data is of all.");
  }
}
