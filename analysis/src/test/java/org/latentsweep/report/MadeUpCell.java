package org.latentsweep.report;

import java.util.Locale;

/** A cell of a sweep that was never run. Its divergence falls with the latent dimension. */
record MadeUpCell(String target, int latentDimension, int variant, String hash) {
  String label() {
    String name = "%s, k = %d".formatted(target, latentDimension);
    return variant == 0 ? name : name + ", variant " + variant;
  }

  int dimensions() {
    return target.endsWith("1d") ? 1 : 2;
  }

  double divergence() {
    return 2.5 / latentDimension / (1 + 0.1 * variant) + (target.startsWith("eight") ? 0.4 : 0.01);
  }

  String runId(int seed) {
    return hash.substring(0, 12) + "%04x".formatted(seed);
  }

  /** The diagnosis of the cell; null for one latent dimension. */
  String diagnosis() {
    return latentDimension > 1
        ? String.format(
            Locale.ROOT,
            "covers 93%% of the target, 2%% stray; map torn in 12%% of the latent square,"
                + " keeps 38%% of the latent neighbours; KL_h %.2f forward",
            divergence())
        : null;
  }
}
