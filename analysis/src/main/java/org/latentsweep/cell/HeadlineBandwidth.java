package org.latentsweep.cell;

import java.util.stream.Collectors;
import org.latentsweep.target.Targets;

/** The bandwidth at which each target's divergences are quoted, for queries. */
public final class HeadlineBandwidth {
  private HeadlineBandwidth() {}

  /**
   * An SQL expression for it.
   *
   * @param target an SQL expression for the target's name
   */
  public static String sql(String target) {
    return Targets.all().values().stream()
        .map(t -> "WHEN '%s' THEN %sD".formatted(t.name(), t.defaultBandwidth()))
        .collect(Collectors.joining(" ", "(CASE " + target + " ", " END)"));
  }
}
