package org.latentsweep.training;

import java.util.random.RandomGenerator;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.random.RandomStream;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;

/** A back end that trains the runs of a pack one after the other, on the caller's thread. */
abstract class MlpBackend implements Backend {

  /** Returns what it runs on, such as the processor's name. */
  abstract String device();

  /**
   * Makes one network.
   *
   * @param spec its shape
   * @param adam the settings of its optimiser
   * @param sizes the sizes of its layers, [in, widths..., out]
   * @param batch the batch size, which is the maximum number of rows of its inputs
   * @param initial its initial parameters
   */
  abstract Mlp network(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial);

  /** Returns 1, so that only one run of a pack has its arrays in memory at a time. */
  @Override
  public final int runsPerProgram() {
    return 1;
  }

  @Override
  public final PackTrainer start(RunPack pack) {
    return new SequentialPackTrainer(pack, device(), this::trainer);
  }

  private GanTrainer trainer(RunSpec run) {
    int d = run.distribution().dimensions();
    int[] generatorSizes = run.generator().sizes(run.latentDimension(), d);
    int[] discriminatorSizes = run.discriminator().sizes(d, 1);
    RandomGenerator random = RandomStream.INITIALISATION.at(run.seed(), 0);
    float[] generatorInitial = GlorotUniform.draw(generatorSizes, random);
    float[] discriminatorInitial = GlorotUniform.draw(discriminatorSizes, random);
    return new GanTrainer(
        run,
        network(
            run.generator(),
            run.generatorOptimiser(),
            generatorSizes,
            run.batch(),
            generatorInitial),
        network(
            run.discriminator(),
            run.discriminatorOptimiser(),
            discriminatorSizes,
            run.batch(),
            discriminatorInitial));
  }
}
