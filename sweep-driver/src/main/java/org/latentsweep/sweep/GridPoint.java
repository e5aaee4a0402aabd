package org.latentsweep.sweep;

import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/**
 * One point of the grid of a sweep: a value for every key of {@link Keys#AXES}, except that a
 * network has either {@code widths} or {@code width} and {@code depth}.
 *
 * @param values the values by key
 */
record GridPoint(Map<String, ConfigValue> values) {
  /** The activation that takes its slope from the key {@code slope}. */
  static final String LEAKY_RELU = "leaky-relu";

  private static final int MAX_DEPTH = 1000; // chosen by judgement: more is likely a mistake

  GridPoint {
    values = Map.copyOf(values);
  }

  /** Returns this point with another value of one key. */
  GridPoint with(String key, ConfigValue value) {
    Map<String, ConfigValue> changed = new HashMap<>(values);
    changed.put(key, value);
    return new GridPoint(changed);
  }

  /**
   * Returns the run of this point.
   *
   * @throws IllegalArgumentException if a value is wrong, or two values contradict each other
   */
  RunSpec run(SampleSchedule samples) {
    TargetDistribution target = Targets.named(text("target"));
    return new RunSpec(
        target.name(),
        noise(target),
        count("latent-dim"),
        network("generator.", activation("generator.output")),
        network("discriminator.", Activation.LINEAR),
        Loss.named(text("loss")),
        adam("generator."),
        adam("discriminator."),
        count("steps"),
        count("batch"),
        samples,
        ConfigValues.whole(values.get("seed")));
  }

  private NoiseLaw noise(TargetDistribution target) {
    String law = text("noise");
    if (law.equals("auto")) {
      return target.defaultNoise();
    }
    try {
      return NoiseLaw.parse(law);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", or auto for the target's own", e);
    }
  }

  private MlpSpec network(String network, Activation output) {
    Activation leaky = Activation.leakyRelu(number(network + "slope"));
    boolean bare = text(network + "activation").equals(LEAKY_RELU);
    return new MlpSpec(widths(network), bare ? leaky : activation(network + "activation"), output);
  }

  private List<Integer> widths(String network) {
    ConfigValue widths = values.get(network + "widths");
    if (widths != null) {
      List<Integer> counts = ConfigValues.counts(widths);
      if (counts.size() > MAX_DEPTH) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "widths must be at most %d numbers, found %d",
                MAX_DEPTH,
                counts.size()));
      }
      return counts;
    }
    int depth = count(network + "depth");
    if (depth < 1 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException("depth must be in [1, " + MAX_DEPTH + "], found " + depth);
    }
    return Collections.nCopies(depth, count(network + "width"));
  }

  private AdamSpec adam(String network) {
    return new AdamSpec(
        number(network + "learning-rate"),
        number(network + "beta1"),
        number(network + "beta2"),
        number(network + "epsilon"));
  }

  private Activation activation(String key) {
    return Activation.parse(text(key));
  }

  private String text(String key) {
    return ConfigValues.text(values.get(key));
  }

  private int count(String key) {
    return ConfigValues.count(values.get(key));
  }

  private double number(String key) {
    return ConfigValues.number(values.get(key));
  }
}
