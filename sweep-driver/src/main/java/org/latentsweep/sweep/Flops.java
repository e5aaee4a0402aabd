package org.latentsweep.sweep;

import org.latentsweep.network.MlpSpec;
import org.latentsweep.run.RunSpec;

/**
 * Floating-point operations in the matrix products of a run, two for each multiply-add. Everything
 * else in a step (biases, activations, Adam) is linear in the layers' sizes and left out.
 */
public final class Flops {
  private Flops() {}

  /**
   * In one step. A product with a network's weights is needed forward, backward to the weights, and
   * backward to the layer's inputs:
   *
   * <ul>
   *   <li>discriminator update: its own three on the whole batch, but nothing flows back to its
   *       inputs; the generator forward for the fake half
   *   <li>generator update: its own three, but nothing flows back to its inputs; the discriminator
   *       forward, and backward to its inputs, but not to its weights
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

  /** In a whole run: its steps, and the samples drawn from its generator. */
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

  /** Of one row through all layers. */
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
