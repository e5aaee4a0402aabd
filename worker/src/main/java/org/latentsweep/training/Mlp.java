package org.latentsweep.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A multilayer perceptron with its gradients and its Adam moments, in whatever precision and memory
 * an implementation likes. Arrays cross this interface as doubles: they are the narrow ends of the
 * networks. Those returned are the network's own, valid until its next call.
 */
interface Mlp extends AutoCloseable {

  /**
   * a_0 = x, a_{l+1} = f_l(a_l W_l + b_l); the activations are kept for one {@link #backward} or
   * {@link #backwardToInput}.
   *
   * @param x row-major [rows, in]
   * @param rows at most the batch size
   * @return row-major [rows, out]
   */
  double[] forward(double[] x, int rows);

  /**
   * Given dL/da_out of the last forward pass, computes dL/dW and dL/db and keeps them for {@link
   * #update}.
   *
   * @param outputGradient row-major [rows, out]
   */
  void backward(double[] outputGradient);

  /**
   * Given dL/da_out of the last forward pass, computes dL/dx alone.
   *
   * @param outputGradient row-major [rows, out]
   * @return row-major [rows, in]
   */
  double[] backwardToInput(double[] outputGradient);

  /**
   * One step of Adam along the gradients of the last {@link #backward}.
   *
   * @return whether all parameters are finite
   */
  boolean update();

  /** A copy of the parameters: layer by layer, weights [in, out] row-major, then biases. */
  float[] parameters();

  /** Writes what the next steps depend on: parameters, Adam's moments and its count of updates. */
  void save(DataOutput out) throws IOException;

  /**
   * Takes over what {@link #save} wrote, so that the next steps give the bits that they would have
   * given there.
   *
   * @throws IOException if that was no network of this implementation and these sizes
   */
  void load(DataInput in) throws IOException;

  @Override
  void close();
}
