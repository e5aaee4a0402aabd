package org.latentsweep.cell;

import java.util.Locale;
import java.util.stream.Collectors;
import org.latentsweep.target.Targets;

/** The bandwidth at which each target's divergences are quoted, as SQL. */
public final class HeadlineBandwidth {
  private HeadlineBandwidth() {}

  /**
   * Returns an SQL condition: a metric was measured at that bandwidth.
   *
   * @param rows the alias of the table {@code metrics}
   * @param target an SQL expression for the target's name
   */
  public static String measured(String rows, String metric, String target) {
    return String.format(
        Locale.ROOT,
        "%1$s.metric = '%2$s' AND %1$s.outcome = 'measured'"
            + " AND round(%1$s.bandwidth / %3$s, 6) = 1",
        rows,
        metric,
        sql(target));
  }

  /**
   * Returns an SQL expression of that bandwidth.
   *
   * @param target an SQL expression for the target's name
   */
  public static String sql(String target) {
    return Targets.all().values().stream()
        .map(t -> String.format(Locale.ROOT, "WHEN '%s' THEN %sD", t.name(), t.defaultBandwidth()))
        .collect(Collectors.joining(" ", "(CASE " + target + " ", " END)"));
  }
}
