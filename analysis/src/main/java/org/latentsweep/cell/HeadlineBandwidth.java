package org.latentsweep.cell;

import java.util.stream.Collectors;
import org.latentsweep.target.Targets;

/** The bandwidth at which each target's divergences are quoted, as SQL. */
public final class HeadlineBandwidth {
  private HeadlineBandwidth() {}

  /**
   * Returns an SQL expression of that bandwidth.
   *
   * @param target an SQL expression for the target's name
   */
  public static String sql(String target) {
    return Targets.all().values().stream()
        .map(t -> "WHEN '%s' THEN %sD".formatted(t.name(), t.defaultBandwidth()))
        .collect(Collectors.joining(" ", "(CASE " + target + " ", " END)"));
  }
}
