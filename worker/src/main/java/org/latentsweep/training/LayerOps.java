package org.latentsweep.training;

import org.latentsweep.network.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The elementwise operations of one layer of {@link CpuMlp}, on a fixed number of rows. ND4J has
 * several implementations of each; these are the fast ones ({@code LeakyReLU} and {@code
 * LeakyReLUBp} take up to twenty times as long).
 *
 * <p>All matrices are [rows, out + 1]; the last column of {@code a} always holds ones.
 */
final class LayerOps {
  private final Activation activation;
  private final INDArray a;
  private final INDArray ones; // a's last column
  private final INDArray da;
  private final INDArray slope; // f'(z)

  LayerOps(Activation activation, INDArray a, INDArray da, INDArray slope) {
    this.activation = activation;
    this.a = a;
    ones = a.get(NDArrayIndex.all(), NDArrayIndex.point(a.columns() - 1L));
    ones.assign(1);
    this.da = da;
    this.slope = slope;
  }

  /** Computes a = f(a) in place. */
  void activate() {
    switch (activation.kind()) {
      case RELU -> Nd4j.getExecutioner().exec(new RectifiedLinear(a, a, 0));
      case LEAKY_RELU -> { // f(z) = z f'(z); the slope is kept for activationGradient
        Nd4j.getExecutioner().exec(new LeakyReLUDerivative(a, slope, activation.slope()));
        a.muli(slope);
      }
      case TANH -> {
        Nd4j.getExecutioner().exec(new Tanh(a, a));
        ones.assign(1);
      }
      case LINEAR -> {}
    }
  }

  /** Computes da = da f'(z) in place; called after {@link #activate}. */
  void activationGradient() {
    switch (activation.kind()) {
      case RELU -> Nd4j.getExecutioner().exec(new Step(a, slope));
      case TANH -> a.muli(a, slope).rsubi(1);
      case LEAKY_RELU -> {}
      case LINEAR -> {
        return;
      }
    }
    da.muli(slope);
  }
}
