package org.latentsweep.network;

import java.io.Serializable;
import java.util.List;

/**
 * The shape of a multilayer perceptron without its input and output sizes: dense layers, and the
 * activations after them.
 *
 * @param widths the widths of the hidden layers, first to last; at least one, each at least 1
 * @param activation the activation after each hidden layer
 * @param output the activation after the last layer, linear or tanh
 */
public record MlpSpec(List<Integer> widths, Activation activation, Activation output)
    implements Serializable {

  /** Copies the widths and checks them. */
  public MlpSpec {
    widths = List.copyOf(widths);
    if (widths.isEmpty() || widths.stream().anyMatch(w -> w < 1)) {
      throw new IllegalArgumentException(
          "Cannot make a network: widths must be one or more numbers >= 1, found " + widths);
    }
    if (output.kind() != Activation.Kind.LINEAR && output.kind() != Activation.Kind.TANH) {
      throw new IllegalArgumentException(
          "Cannot make a network: output must be linear or tanh, found " + output);
    }
  }

  /** Returns the sizes of all layers as [inputs, widths..., outputs]. */
  public int[] sizes(int inputs, int outputs) {
    int[] sizes = new int[widths.size() + 2];
    sizes[0] = inputs;
    for (int i = 0; i < widths.size(); i++) {
      sizes[i + 1] = widths.get(i);
    }
    sizes[sizes.length - 1] = outputs;
    return sizes;
  }

  /** Returns the number of weights and biases together. */
  public long parameterCount(int inputs, int outputs) {
    int[] sizes = sizes(inputs, outputs);
    long count = 0;
    for (int l = 0; l + 1 < sizes.length; l++) {
      count += (sizes[l] + 1L) * sizes[l + 1];
    }
    return count;
  }

  /** Returns the activation after layer l, where layer 0 is the first one with weights. */
  public Activation activationAfter(int l) {
    return l < widths.size() ? activation : output;
  }
}
