package org.latentsweep.engine;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a long work is.
 *
 * @param activity what is being done, such as {@code training}
 * @param unit what is counted, in the plural, such as {@code runs}
 * @param total number of units; 0 if it is not known
 * @param before number of units that earlier calls did
 * @param done number of units that are done, including those of earlier calls
 * @param counts counts that matter, such as {@code 1 failed}
 * @param elapsed time since this call began
 * @param latest what was done last, if that says something
 */
public record Progress(
    String activity,
    String unit,
    int total,
    int before,
    int done,
    List<String> counts,
    Duration elapsed,
    Optional<String> latest) {

  /** Makes the progress of work of which only the time is known. */
  public Progress(String activity, Duration elapsed) {
    this(activity, "", 0, 0, elapsed);
  }

  /** Makes the progress of work of which only units are known. */
  public Progress(String activity, String unit, int total, int done, Duration elapsed) {
    this(activity, unit, total, 0, done, List.of(), elapsed, Optional.empty());
  }

  /**
   * Returns one line such as {@code training: 12/27 runs, 1 failed, 8.5 runs/min, 1 min 46 s left}.
   * It has the time that has passed while the time that is left is not known.
   */
  public String line() {
    StringBuilder line = new StringBuilder(activity).append(": ");
    if (total > 0) {
      line.append(done).append('/').append(total).append(' ').append(unit);
      counts.forEach(count -> line.append(", ").append(count));
      line.append(", ");
    }
    double perSecond = (done - before) / (elapsed.toMillis() / 1e3);
    if (done > before && Double.isFinite(perSecond)) {
      line.append(String.format(Locale.ROOT, "%.1f %s/min, ", perSecond * 60, unit));
      line.append(DurationText.of((total - done) / perSecond)).append(" left");
    } else {
      line.append(DurationText.of(elapsed.toMillis() / 1e3));
    }
    latest.ifPresent(what -> line.append(", ").append(what));
    return line.toString();
  }
}
