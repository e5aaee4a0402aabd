package org.latentsweep.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.target.NoiseLaw;

/**
 * A recipe of the published experiments, as the arguments of every measured program: target, noise,
 * k, and the widths, the slope below zero and the learning rate of the generator and then of the
 * discriminator. All families use a batch of 512, Adam(0.5, 0.999, 1e-7) and the non-saturating
 * loss.
 */
public enum Family {
  /** The study of latent dimensions. */
  A("eight-gaussians normal 2 256,256,256 0 2e-4 128,128,128,128,128 0.01 1e-3"),
  /** The study of quantile functions in one dimension. */
  B("normal-1d uniform(-1,1) 1 16,16,16,16 0.1 1e-3 64,64 0.1 2e-3"),
  /** The study of inefficient mappings. */
  C("gaussian uniform(-1,1) 2 512,512,512 0.1 2e-4 512,512,512 0.1 1e-3");

  private static final int BATCH = 512;
  private static final int STEPS = 1_000_000; // more than a measurement trains

  private final List<String> arguments;

  Family(String arguments) {
    this.arguments = List.of(arguments.split(" "));
  }

  List<String> arguments() {
    return arguments;
  }

  RunSpec run() {
    return run(arguments);
  }

  /** Returns the run that the arguments describe. */
  static RunSpec run(List<String> arguments) {
    return new RunSpec(
        arguments.get(0),
        NoiseLaw.parse(arguments.get(1)),
        Integer.parseInt(arguments.get(2)),
        network(arguments.get(3), arguments.get(4)),
        network(arguments.get(6), arguments.get(7)),
        Loss.NON_SATURATING,
        adam(arguments.get(5)),
        adam(arguments.get(8)),
        STEPS,
        BATCH,
        new SampleSchedule(0, 0, 1),
        1);
  }

  private static MlpSpec network(String widths, String slope) {
    return new MlpSpec(
        Stream.of(widths.split(",")).map(Integer::valueOf).toList(),
        Activation.leakyRelu(Double.parseDouble(slope)),
        Activation.LINEAR);
  }

  private static AdamSpec adam(String rate) {
    return new AdamSpec(Double.parseDouble(rate), 0.5, 0.999, 1e-7);
  }

  /** Returns the name on the command line and in tables. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
