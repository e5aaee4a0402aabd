package org.latentsweep.divergence;

import java.util.List;
import java.util.stream.IntStream;
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
 */
record StudyPair(TargetDistribution p, TargetDistribution q) {

  /** Returns all pairs. In two of them q is p. */
  static List<StudyPair> all() {
    return Stream.of(overlapping(), narrower()).flatMap(List::stream).toList();
  }

  /** Returns pairs in which q has samples wherever p has mass. */
  private static List<StudyPair> overlapping() {
    TargetDistribution normal = Targets.named("normal-1d");
    TargetDistribution gaussian = Targets.named("gaussian");
    TargetDistribution eight = Targets.named("eight-gaussians");
    return List.of(
        new StudyPair(normal, new NamedMixture("N(0.5, 1)", List.of(new Mode(List.of(0.5), 1, 1)))),
        new StudyPair(
            normal, new NamedMixture("N(0, 1.5^2)", List.of(new Mode(List.of(0.0), 1.5, 1)))),
        new StudyPair(gaussian, gaussian),
        new StudyPair(gaussian, single("N((1, 0), I)", 1, 1)),
        new StudyPair(gaussian, single("N(0, 1.5^2 I)", 0, 1.5)),
        new StudyPair(gaussian, single("N(0, 20^2 I)", 0, 20)),
        new StudyPair(gaussian, new HeavyTailed("t with 4 degrees")),
        new StudyPair(eight, eight),
        new StudyPair(eight, ring("the same with sd 0.3", 0.3, 0.125, 0.125)),
        new StudyPair(eight, ring("weights 0.1875, 0.0625", 0.2, 0.1875, 0.0625)),
        new StudyPair(eight, single("N(0, 1.5^2 I)", 0, 1.5)),
        new StudyPair(Targets.named("spiral"), single("N(0, 0.4^2 I)", 0, 0.4)));
  }

  /** Returns pairs in which p has mass where q has too little to be sampled, or none. */
  private static List<StudyPair> narrower() {
    TargetDistribution gaussian = Targets.named("gaussian");
    TargetDistribution spiral = Targets.named("spiral");
    return List.of(
        new StudyPair(gaussian, new CorrelatedNormal("correlation 0.8", 0.8)),
        new StudyPair(gaussian, single("N((3, 0), I)", 3, 1)),
        new StudyPair(gaussian, single("N(0, 0.7^2 I)", 0, 0.7)),
        new StudyPair(gaussian, new UniformSquare("uniform on [-2, 2]^2")),
        new StudyPair(Targets.named("eight-gaussians"), sevenOfEight()),
        new StudyPair(spiral, MappedSpiral.withoutArc("without an arc")),
        new StudyPair(spiral, MappedSpiral.rotated("rotated by 10 degrees", Math.toRadians(10))));
  }

  private static TargetDistribution sevenOfEight() {
    return new NamedMixture(
        "without a mode",
        Targets.named("eight-gaussians").modes().stream()
            .skip(1)
            .map(mode -> new Mode(mode.centre(), mode.standardDeviation(), 1.0 / 7))
            .toList());
  }

  private static TargetDistribution single(String name, double x, double sd) {
    return new NamedMixture(name, List.of(new Mode(List.of(x, 0.0), sd, 1)));
  }

  /** Returns the eight Gaussians with alternating weights. */
  private static TargetDistribution ring(String name, double sd, double even, double odd) {
    List<Mode> modes = Targets.named("eight-gaussians").modes();
    return new NamedMixture(
        name,
        IntStream.range(0, modes.size())
            .mapToObj(m -> new Mode(modes.get(m).centre(), sd, m % 2 == 0 ? even : odd))
            .toList());
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
