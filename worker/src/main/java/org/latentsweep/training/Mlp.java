package org.latentsweep.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A multilayer perceptron with its gradients and its Adam moments. An implementation chooses their
 * precision and the memory they are in; inputs and outputs, which are small, are always doubles. A
 * returned array belongs to the network and is valid until the next call.
 */
interface Mlp extends AutoCloseable {

  /**
   * Computes a_0 = x, a_{l+1} = f_l(a_l W_l + b_l) and keeps the activations for one call of {@link
   * #backward} or {@link #backwardToInput}, which may follow only a pass of a whole batch.
   *
   * @param x the input, row-major [rows, in]
   * @param rows the number of rows, at most the batch size
   * @return the output, row-major [rows, out], which unused numbers may follow
   */
  double[] forward(double[] x, int rows);

  /**
   * Given dL/da_out of the last forward pass, computes dL/dW and dL/db and keeps them for {@link
   * #update}.
   *
   * @param outputGradient dL/da_out, row-major [rows, out]
   */
  void backward(double[] outputGradient);

  /**
   * Given dL/da_out of the last forward pass, computes only dL/dx. The gradients for {@link
   * #update} stay as they are.
   *
   * @param outputGradient dL/da_out, row-major [rows, out]
   * @return dL/dx, row-major [rows, in]
   */
  double[] backwardToInput(double[] outputGradient);

  /**
   * Does one step of Adam with the gradients of the last {@link #backward}.
   *
   * @return whether all parameters are finite
   */
  boolean update();

  /** Returns a copy of the parameters: layer by layer, weights [in, out] row-major, then biases. */
  float[] parameters();

  /** Writes all that the next steps depend on: parameters, Adam's moments and its update count. */
  void save(DataOutput out) throws IOException;

  /**
   * Loads what {@link #save} wrote, so that the next steps give the same bits as in the network
   * that was saved.
   *
   * @throws IOException if the saved state does not have the size of this network's
   */
  void load(DataInput in) throws IOException;

  @Override
  void close();
}
