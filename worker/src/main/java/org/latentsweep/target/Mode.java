package org.latentsweep.target;

import java.util.List;

/**
 * One isotropic normal component of a target.
 *
 * @param centre its mean, of length d
 * @param standardDeviation its standard deviation in every coordinate, above 0
 * @param weight its share of the mass, in (0, 1]
 */
public record Mode(List<Double> centre, double standardDeviation, double weight) {
  /** Copies the centre and checks the ranges. */
  public Mode {
    centre = List.copyOf(centre);
    if (!(standardDeviation > 0)) {
      throw new IllegalArgumentException(
          "Cannot make a mode: standard deviation must be above 0, found " + standardDeviation);
    }
    if (!(weight > 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "Cannot make a mode: weight must be in (0, 1], found " + weight);
    }
  }
}
