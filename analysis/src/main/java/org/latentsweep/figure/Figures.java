package org.latentsweep.figure;

import java.util.List;
import org.latentsweep.cell.SweepQueries;

/** The figures of a report, in the order in which the report shows them. */
public final class Figures {
  static final List<Figure> ALL =
      List.of(
          new KlByLatentDimension(),
          new SampleClouds(),
          new DensityMaps(),
          new LearnedMaps(),
          new SeedSpread(),
          new ModeWeights(),
          new KlByStep(),
          new Histories(),
          new Outcomes(),
          new TrainingTimes(),
          new QuantileFunction(),
          new OneDimension());

  private Figures() {}

  /** Draws every figure for which the sweep has numbers. */
  public static List<DrawnFigure> of(SweepQueries sweep) {
    return ALL.stream().flatMap(figure -> figure.of(sweep).stream()).toList();
  }
}
