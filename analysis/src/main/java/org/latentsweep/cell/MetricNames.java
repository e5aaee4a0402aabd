package org.latentsweep.cell;

/** Replaced by the constants beside the metrics. */
public final class MetricNames {
  public static final String KL_FORWARD = "kl_forward";
  public static final String KL_REVERSE = "kl_reverse";
  public static final String TEAR = "tear";
  public static final String FOLD = "fold";
  public static final String THINNESS = "thinness";
  public static final String NEIGHBOUR_PRESERVATION = "neighbour_preservation";
  public static final String COVERAGE = "coverage";
  public static final String MODES_COVERED = "modes_covered";
  public static final String MODE_WEIGHT_MAX_RATIO = "mode_weight_max_ratio";
  public static final String MODE_SD_RATIO = "mode_sd_ratio";
  public static final String STRAY = "stray";

  private MetricNames() {}
}
