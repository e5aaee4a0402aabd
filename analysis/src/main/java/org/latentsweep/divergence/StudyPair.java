package org.latentsweep.divergence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.latentsweep.target.GaussianMixture;
import org.latentsweep.target.Mode;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/**
 * A pair of distributions of the {@link IntervalStudy}.
 *
 * @param p the target
 * @param q the distribution that samples are drawn from
 * @param generators maps from latents whose distribution is q
 */
record StudyPair(TargetDistribution p, TargetDistribution q, List<StudyGenerator> generators) {
  /** A number of latents that is too large for a lattice. */
  private static final int MANY = 10;

  private static final TargetDistribution NORMAL = Targets.named("normal-1d");
  private static final TargetDistribution GAUSSIAN = Targets.named("gaussian");
  private static final TargetDistribution EIGHT = Targets.named("eight-gaussians");
  private static final TargetDistribution SPIRAL = Targets.named("spiral");

  /** Makes the list immutable. */
  StudyPair {
    generators = List.copyOf(generators);
  }

  /** Returns all pairs. In two of them q is p. */
  static List<StudyPair> all() {
    return Stream.of(overlapping(), narrower()).flatMap(List::stream).toList();
  }

  /** Returns pairs in which q has samples wherever p has mass. */
  private static List<StudyPair> overlapping() {
    return List.of(
        onLine("N(0.5, 1)", 0.5, 1),
        onLine("N(0, 1.5^2)", 0, 1.5),
        new StudyPair(GAUSSIAN, GAUSSIAN, planes(0, 1, 0)),
        single(GAUSSIAN, "N((1, 0), I)", 1, 1),
        single(GAUSSIAN, "N(0, 1.5^2 I)", 0, 1.5),
        single(GAUSSIAN, "N(0, 20^2 I)", 0, 20),
        new StudyPair(
            GAUSSIAN, new HeavyTailed("t with 4 degrees"), List.of(StudyGenerator.heavyTailed())),
        new StudyPair(EIGHT, EIGHT, List.of(StudyGenerator.modes(EIGHT.modes()))),
        ring("the same with sd 0.3", 0.3, 1, 1),
        ring("weights 0.1875, 0.0625", 0.2, 3, 1),
        single(EIGHT, "N(0, 1.5^2 I)", 0, 1.5),
        single(SPIRAL, "N(0, 0.4^2 I)", 0, 0.4));
  }

  /** Returns pairs in which p has mass where q has too little to be sampled, or none. */
  private static List<StudyPair> narrower() {
    return List.of(
        new StudyPair(GAUSSIAN, new CorrelatedNormal("correlation 0.8", 0.8), planes(0, 1, 0.8)),
        single(GAUSSIAN, "N((3, 0), I)", 3, 1),
        single(GAUSSIAN, "N(0, 0.7^2 I)", 0, 0.7),
        new StudyPair(
            GAUSSIAN,
            new UniformSquare("uniform on [-2, 2]^2"),
            List.of(StudyGenerator.square(UniformSquare.HALF_SIDE))),
        sevenOfEight(),
        spiral(MappedSpiral.withoutArc("without an arc")),
        spiral(MappedSpiral.rotated("rotated by 10 degrees", Math.toRadians(10))));
  }

  private static StudyPair onLine(String name, double x, double sd) {
    return new StudyPair(
        NORMAL,
        new NamedMixture(name, List.of(new Mode(List.of(x), sd, 1))),
        List.of(StudyGenerator.line(x, sd)));
  }

  private static StudyPair single(TargetDistribution p, String name, double x, double sd) {
    return new StudyPair(
        p, new NamedMixture(name, List.of(new Mode(List.of(x, 0.0), sd, 1))), planes(x, sd, 0));
  }

  private static List<StudyGenerator> planes(double x, double sd, double correlation) {
    return List.of(
        StudyGenerator.plane(2, x, sd, correlation),
        StudyGenerator.plane(MANY, x, sd, correlation));
  }

  private static StudyPair sevenOfEight() {
    List<Mode> modes =
        EIGHT.modes().stream()
            .skip(1)
            .map(mode -> new Mode(mode.centre(), mode.standardDeviation(), 1.0 / 7))
            .toList();
    return new StudyPair(
        EIGHT, new NamedMixture("without a mode", modes), List.of(StudyGenerator.modes(modes)));
  }

  private static StudyPair spiral(MappedSpiral q) {
    return new StudyPair(SPIRAL, q, List.of(StudyGenerator.spiral(q)));
  }

  /**
   * Returns the eight Gaussians with alternating weights, as how many places of a one-hot vector
   * each of them takes.
   */
  private static StudyPair ring(String name, double sd, int even, int odd) {
    List<Mode> modes = new ArrayList<>();
    List<Mode> places = new ArrayList<>();
    for (int m = 0; m < EIGHT.modes().size(); m++) {
      int count = m % 2 == 0 ? even : odd;
      double weight = count / (4.0 * (even + odd));
      Mode mode = new Mode(EIGHT.modes().get(m).centre(), sd, weight);
      modes.add(mode);
      places.addAll(Collections.nCopies(count, mode));
    }
    return new StudyPair(
        EIGHT, new NamedMixture(name, modes), List.of(StudyGenerator.modes(places)));
  }

  /** A mixture of normals that samples are drawn from, and that is no target of a sweep. */
  private static final class NamedMixture extends GaussianMixture {
    /**
     * Standard deviations from a centre that count as support: less than 1e-9 of the mass lies
     * beyond.
     */
    private static final double SUPPORT = 6.5;

    private final String name;

    NamedMixture(String name, List<Mode> modes) {
      super(modes);
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public NaturalMap naturalMap() {
      throw new UnsupportedOperationException("Cannot map to " + name + ": it is no target");
    }

    @Override
    public NoiseLaw defaultNoise() {
      return new NoiseLaw.Normal();
    }

    @Override
    public double defaultBandwidth() {
      return modes().get(0).standardDeviation() / 2;
    }

    @Override
    public double drawnHalfWidth() {
      return supportHalfWidth();
    }

    @Override
    public double supportHalfWidth() {
      double s = 0;
      for (Mode mode : modes()) {
        for (double c : mode.centre()) {
          s = Math.max(s, Math.abs(c) + SUPPORT * mode.standardDeviation());
        }
      }
      return s;
    }
  }
}
