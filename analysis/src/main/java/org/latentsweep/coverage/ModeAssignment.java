package org.latentsweep.coverage;

import java.util.List;
import org.latentsweep.target.Mode;

/**
 * The modes of a mixture that samples belong to: each sample belongs to the mode that is nearest in
 * the mode's standard deviations, and it is of high quality within {@link
 * ModeMetrics#HIGH_QUALITY_LIMIT} of them. Immutable.
 */
final class ModeAssignment {
  private final long[] nearest; // [M], samples that belong to each mode
  private final long[] highQuality; // [M], those of them that are of high quality
  private final int[] mode; // [n], mode of each sample of high quality, else -1

  private ModeAssignment(long[] nearest, long[] highQuality, int[] mode) {
    this.nearest = nearest;
    this.highQuality = highQuality;
    this.mode = mode;
  }

  /**
   * Assigns samples to modes.
   *
   * @param modes M modes, at least one
   * @param points samples, row-major [n, d]
   */
  static ModeAssignment of(List<Mode> modes, float[] points) {
    int dimensions = modes.get(0).centre().size();
    double[] centre =
        modes.stream().flatMap(m -> m.centre().stream()).mapToDouble(c -> c).toArray();
    double[] precision =
        modes.stream().mapToDouble(m -> Math.pow(m.standardDeviation(), -2)).toArray();
    double limit = ModeMetrics.HIGH_QUALITY_LIMIT * ModeMetrics.HIGH_QUALITY_LIMIT;
    long[] nearest = new long[modes.size()];
    long[] highQuality = new long[modes.size()];
    int[] mode = new int[points.length / dimensions];
    for (int i = 0; i < mode.length; i++) {
      int best = 0;
      double min = Double.POSITIVE_INFINITY;
      for (int m = 0; m < precision.length; m++) {
        double squared = 0;
        for (int a = 0; a < dimensions; a++) {
          double difference = points[i * dimensions + a] - centre[m * dimensions + a];
          squared += difference * difference;
        }
        squared *= precision[m];
        if (squared < min) {
          min = squared;
          best = m;
        }
      }
      nearest[best]++;
      mode[i] = min <= limit ? best : -1;
      highQuality[best] += min <= limit ? 1 : 0;
    }
    return new ModeAssignment(nearest, highQuality, mode);
  }

  /** Returns M, the number of modes. */
  int modes() {
    return nearest.length;
  }

  /** Returns n, the number of samples. */
  int samples() {
    return mode.length;
  }

  /** Returns the number of samples that belong to a mode. */
  long nearest(int m) {
    return nearest[m];
  }

  /** Returns the number of samples of high quality that belong to a mode. */
  long highQuality(int m) {
    return highQuality[m];
  }

  /** Returns the mode of a sample of high quality, and -1 for other samples. */
  int mode(int sample) {
    return mode[sample];
  }
}
