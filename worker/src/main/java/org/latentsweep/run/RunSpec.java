package org.latentsweep.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/**
 * Everything that determines one training run's result, and nothing else.
 *
 * @param target the name of the target distribution
 * @param noise the law of the generator's input
 * @param latentDimension k, at least 1
 * @param generator a network from k inputs to d outputs
 * @param discriminator a network from d inputs to one output, which should be linear: the loss
 *     contains the sigmoid
 * @param loss what the two networks minimise
 * @param generatorOptimiser the generator's Adam
 * @param discriminatorOptimiser the discriminator's Adam
 * @param steps the number of steps, at least 1; each updates the discriminator once, then the
 *     generator once
 * @param batch the number of rows in each update, even; in the discriminator's, half of them are
 *     real samples and half are fakes
 * @param samples when samples are drawn, and how many
 * @param seed the seed of all its random streams
 */
public record RunSpec(
    String target,
    NoiseLaw noise,
    int latentDimension,
    MlpSpec generator,
    MlpSpec discriminator,
    Loss loss,
    AdamSpec generatorOptimiser,
    AdamSpec discriminatorOptimiser,
    int steps,
    int batch,
    SampleSchedule samples,
    long seed)
    implements Serializable {

  /** Raise this when the same specification starts to give other numbers. */
  private static final int FORMAT = 1;

  /** Checks the ranges, and that the target is registered. */
  public RunSpec {
    Targets.named(target);
    require(
        latentDimension >= noise.minimumLatentDimension(),
        "latent-dim must be >= " + noise.minimumLatentDimension() + " for " + noise + " noise",
        latentDimension);
    require(steps >= 1, "steps must be >= 1", steps);
    require(batch >= 2 && batch % 2 == 0, "batch must be even and >= 2", batch);
  }

  private static void require(boolean holds, String what, long found) {
    if (!holds) {
      throw new IllegalArgumentException("Cannot make a run: " + what + ", found " + found);
    }
  }

  /** Returns the target distribution. */
  public TargetDistribution distribution() {
    return Targets.named(target);
  }

  /** Returns the hash of this specification, which identifies the run in the tables. */
  public RunId id() {
    return RunId.of(config());
  }

  /** Returns the hash of this specification without its seed. Runs of one grid cell share it. */
  public String configHash() {
    return RunId.of(cell()).toString();
  }

  /** Returns this specification as canonical JSON: equal specifications give equal texts. */
  public String config() {
    return json().put("seed", seed).toString();
  }

  private String cell() {
    return json().toString();
  }

  private ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT);
    json.put("target", target);
    json.put("noise", noise.toString());
    json.put("latent_dim", latentDimension);
    json.set("generator", json(generator, generatorOptimiser));
    json.set("discriminator", json(discriminator, discriminatorOptimiser));
    json.put("loss", loss.configName());
    json.put("steps", steps);
    json.put("batch", batch);
    json.put("snapshot_every", samples.every());
    json.put("snapshot_samples", samples.perSnapshot());
    json.put("samples", samples.atEnd());
    return json;
  }

  private static ObjectNode json(MlpSpec network, AdamSpec adam) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    network.widths().forEach(json.putArray("widths")::add);
    json.put("activation", network.activation().toString());
    json.put("output", network.output().toString());
    json.put("learning_rate", adam.learningRate());
    json.put("beta1", adam.beta1());
    json.put("beta2", adam.beta2());
    json.put("epsilon", adam.epsilon());
    return json;
  }
}
