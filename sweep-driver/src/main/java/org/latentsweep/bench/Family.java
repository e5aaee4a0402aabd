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
 * A recipe of the published experiments, as the arguments that every program takes: target, noise,
 * k, and of the generator and then the discriminator the widths, the slope below zero and the
 * learning rate. The rest is the same for all: a batch of 512, Adam(0.5, 0.999, 1e-7), the
 * non-saturating loss.
 */
public enum Family {
  /** Latent dimensionality. */
  A("eight-gaussians normal 2 256,256,256 0 2e-4 128,128,128,128,128 0.01 1e-3"),
  /** One-dimensional quantile learning. */
  B("normal-1d uniform(-1,1) 1 16,16,16,16 0.1 1e-3 64,64 0.1 2e-3"),
  /** Inefficient mappings. */
  C("gaussian uniform(-1,1) 2 512,512,512 0.1 2e-4 512,512,512 0.1 1e-3");

  private static final int BATCH = 512;
  private static final int STEPS = 1_000_000;

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

  /** The run that those arguments describe, longer than anyone measures. */
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

  /** The name on the command line and in tables. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
