package org.latentsweep.divergence;

import java.util.List;
import java.util.stream.IntStream;
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

  /**
   * Returns all pairs. Their divergences are finite and not determined by the tails of q; in two of
   * them q is p.
   */
  static List<StudyPair> all() {
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
        new StudyPair(eight, eight),
        new StudyPair(eight, ring("the same with sd 0.3", 0.3, 0.125, 0.125)),
        new StudyPair(eight, ring("weights 0.1875, 0.0625", 0.2, 0.1875, 0.0625)),
        new StudyPair(eight, single("N(0, 1.5^2 I)", 0, 1.5)),
        new StudyPair(Targets.named("spiral"), single("N(0, 0.4^2 I)", 0, 0.4)));
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
