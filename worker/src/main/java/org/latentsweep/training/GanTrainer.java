package org.latentsweep.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.latentsweep.network.Loss;
import org.latentsweep.run.History;
import org.latentsweep.run.RunSpec;

/**
 * Trains one run by the alternating stochastic gradient descent of Goodfellow et al. 2014,
 * algorithm 1, with one discriminator update per generator update and Adam for both networks.
 *
 * <p>B is the batch size, d the dimension of the samples, k the latent dimension.
 */
final class GanTrainer implements AutoCloseable {
  private final Loss loss;
  private final int batch;
  private final Mlp generator;
  private final Mlp discriminator;
  private final Minibatch minibatch;
  private final int dimensions;
  private final double[] realAndFake; // [B, d], the real samples first
  private final double[] slope; // [B, 1], dL/ds
  private final History history;

  GanTrainer(RunSpec spec, Mlp generator, Mlp discriminator) {
    loss = spec.loss();
    history = new History(spec.steps());
    batch = spec.batch();
    this.generator = generator;
    this.discriminator = discriminator;
    minibatch = new Minibatch(spec);
    dimensions = spec.distribution().dimensions();
    realAndFake = new double[Math.multiplyExact(batch, dimensions)];
    slope = new double[batch];
  }

  /**
   * Does one step.
   *
   * @param step the number of the step, from 1
   * @return whether the losses and all parameters are finite
   */
  boolean step(int step) {
    minibatch.draw(step);
    int half = batch / 2;

    // Discriminator: distinguish B/2 real samples from B/2 new fakes.
    double[] fakes = generator.forward(minibatch.discriminatorNoise(), half); // [B/2, d]
    System.arraycopy(minibatch.real(), 0, realAndFake, 0, half * dimensions);
    System.arraycopy(fakes, 0, realAndFake, half * dimensions, half * dimensions);
    double[] s = discriminator.forward(realAndFake, batch); // [B, 1]
    double dLoss = 0;
    int dCorrect = 0;
    for (int i = 0; i < batch; i++) {
      boolean real = i < half;
      dLoss += loss.discriminator(s[i], real) / batch;
      dCorrect += s[i] > loss.threshold() == real ? 1 : 0;
      slope[i] = loss.discriminatorSlope(s[i], real) / batch;
    }
    discriminator.backward(slope);
    boolean finite = discriminator.update();

    // Generator: make the discriminator, which was just updated, judge B new fakes real.
    s = discriminator.forward(generator.forward(minibatch.generatorNoise(), batch), batch);
    double gLoss = 0;
    int gJudgedReal = 0;
    for (int i = 0; i < batch; i++) {
      gLoss += loss.generator(s[i]) / batch;
      gJudgedReal += s[i] > loss.threshold() ? 1 : 0;
      slope[i] = loss.generatorSlope(s[i]) / batch;
    }
    generator.backward(discriminator.backwardToInput(slope)); // dL/dfake is [B, d]
    finite &= generator.update();

    history.add(dLoss, (double) dCorrect / batch, gLoss, (double) gJudgedReal / batch);
    return finite && Double.isFinite(dLoss) && Double.isFinite(gLoss);
  }

  History history() {
    return history;
  }

  Mlp generator() {
    return generator;
  }

  Mlp discriminator() {
    return discriminator;
  }

  /** Maps latents [n, k] to points [n, d], one batch at a time. */
  float[] sample(float[] latents, int latentDimension) {
    int n = latents.length / latentDimension;
    float[] points = new float[Math.multiplyExact(n, dimensions)];
    double[] z = new double[Math.multiplyExact(batch, latentDimension)];
    for (int from = 0; from < n; from += batch) {
      int rows = Math.min(batch, n - from);
      for (int i = 0; i < rows * latentDimension; i++) {
        z[i] = latents[from * latentDimension + i];
      }
      double[] x = generator.forward(z, rows);
      for (int i = 0; i < rows * dimensions; i++) {
        points[from * dimensions + i] = (float) x[i];
      }
    }
    return points;
  }

  /** Writes all that the next steps depend on, and the history. */
  void save(DataOutput out) throws IOException {
    generator.save(out);
    discriminator.save(out);
    history.save(out);
  }

  /** Loads what {@link #save} wrote; called before the first step. */
  void load(DataInput in) throws IOException {
    generator.load(in);
    discriminator.load(in);
    history.load(in);
  }

  @Override
  public void close() {
    generator.close();
    discriminator.close();
  }
}
