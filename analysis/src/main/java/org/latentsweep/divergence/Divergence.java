package org.latentsweep.divergence;

import java.util.Locale;

/** The divergences between p and q that are estimated together. */
enum Divergence {
  /** KL(p || q): punishes mass of the target that is missing. */
  KL_FORWARD,
  /** KL(q || p): punishes stray mass. */
  KL_REVERSE,
  /** (KL(p || q) + KL(q || p)) / 2. */
  KL_MEAN,
  /** KL(p || m) / 2 + KL(q || m) / 2 with m = (p + q) / 2: between 0 and log 2. */
  JS;

  /** The name in tables. */
  String metric() {
    return name().toLowerCase(Locale.ROOT);
  }
}
