package org.latentsweep.sweep;

import org.latentsweep.network.MlpSpec;
import org.latentsweep.run.RunSpec;

/**
 * Counts the floating-point operations in the matrix products of a run, two for each multiply-add.
 * The rest of a step (biases, activations, Adam) is linear in the sizes of the layers and is not
 * counted.
 */
public final class Flops {
  private Flops() {}

  /**
   * Returns the operations of one step. Training a network takes three products for each layer: one
   * forward, one backward to the weights, and one backward to the inputs of the layer, which the
   * first layer does not need.
   *
   * <ul>
   *   <li>The update of the discriminator trains it on the whole batch, and runs the generator
   *       forward for the fake half.
   *   <li>The update of the generator trains it on the whole batch, and runs the discriminator
   *       forward and backward to its inputs.
   * </ul>
   */
  public static double perStep(RunSpec run) {
    int[] g = generatorSizes(run);
    int[] d = discriminatorSizes(run);
    double batch = run.batch();
    double discriminatorUpdate =
        batch * (3 * products(d) - firstProduct(d)) + batch / 2 * products(g);
    double generatorUpdate = batch * (3 * products(g) - firstProduct(g) + 2 * products(d));
    return discriminatorUpdate + generatorUpdate;
  }

  /** Returns the operations of a whole run: its steps, and the samples drawn from its generator. */
  public static double perRun(RunSpec run) {
    return run.steps() * perStep(run) + TableBytes.sampleRows(run) * products(generatorSizes(run));
  }

  private static int[] generatorSizes(RunSpec run) {
    MlpSpec network = run.generator();
    return network.sizes(run.latentDimension(), run.distribution().dimensions());
  }

  private static int[] discriminatorSizes(RunSpec run) {
    return run.discriminator().sizes(run.distribution().dimensions(), 1);
  }

  /** Returns the operations of one row through all layers. */
  private static double products(int[] sizes) {
    double flops = 0;
    for (int l = 0; l + 1 < sizes.length; l++) {
      flops += 2.0 * sizes[l] * sizes[l + 1];
    }
    return flops;
  }

  private static double firstProduct(int[] sizes) {
    return 2.0 * sizes[0] * sizes[1];
  }
}
