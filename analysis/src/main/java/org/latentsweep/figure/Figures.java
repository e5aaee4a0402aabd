package org.latentsweep.figure;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
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

  /** Returns the number of figures that there can be. */
  public static int count() {
    return ALL.size();
  }

  /**
   * Draws every figure for which the sweep has numbers, several at a time.
   *
   * @param tried is called after each figure with the number of those that were tried
   */
  public static List<DrawnFigure> of(SweepQueries sweep, IntConsumer tried) {
    AtomicInteger count = new AtomicInteger();
    return ALL.parallelStream()
        .flatMap(
            figure -> {
              List<DrawnFigure> drawn = figure.of(sweep);
              tried.accept(count.incrementAndGet());
              return drawn.stream();
            })
        .toList();
  }
}
