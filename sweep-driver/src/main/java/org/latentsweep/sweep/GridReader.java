package org.latentsweep.sweep;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.target.Targets;

/** Reads the axes and the hyperparameters of one file, and expands the grid into runs. */
final class GridReader {
  /** Chosen by judgement: a larger grid is more likely a mistake than a wish. */
  private static final int MAX_RUNS = 1_000_000;

  private static final Pattern RANGE = Pattern.compile("\\s*(-?\\d+)\\s*\\.\\.\\s*(-?\\d+)\\s*");

  private final GivenKeys keys;
  private final Problems problems;
  private final SizeLimits limits;
  private final GridPoint sound;

  GridReader(GivenKeys keys, Problems problems, SizeLimits limits) {
    this.keys = keys;
    this.problems = problems;
    this.limits = limits;
    this.sound = soundPoint();
  }

  /** Returns a point in which to try single values: it is sound with any sound value of one key. */
  private GridPoint soundPoint() {
    Map<String, ConfigValue> values = new HashMap<>();
    Keys.HYPERPARAMETERS.forEach(
        key -> {
          if (keys.defaults().containsKey("run." + key)) {
            values.put(key, keys.defaults().get("run." + key));
          }
        });
    values.put("target", ConfigValueFactory.fromAnyRef(Targets.all().keySet().iterator().next()));
    values.put("latent-dim", ConfigValueFactory.fromAnyRef(Integer.MAX_VALUE));
    values.put("seed", keys.defaults().get("axes.seed"));
    return new GridPoint(values);
  }

  /** Returns the runs of the grid. */
  List<RunSpec> runs(SampleSchedule schedule) {
    GridPoint fixed = new GridPoint(fixedValues());
    Map<String, List<ConfigValue>> axes = axes();
    if (isTooLarge(axes)) {
      problems.add("axes: the grid has more than " + MAX_RUNS + " runs");
      return List.of();
    }
    List<RunSpec> runs = new ArrayList<>();
    points(fixed, axes)
        .forEach(
            point -> {
              try {
                RunSpec run = point.run(schedule);
                limits.problems(run).forEach(problem -> problems.add("axes: " + problem));
                runs.add(run);
              } catch (IllegalArgumentException e) {
                problems.add("axes: " + Problems.reason(e));
              }
            });
    return runs;
  }

  /** Returns the hyperparameters that are given for all runs, and the defaults of the others. */
  private Map<String, ConfigValue> fixedValues() {
    Map<String, ConfigValue> fixed = new HashMap<>();
    for (String key : Keys.HYPERPARAMETERS) {
      String path = "run." + key;
      ConfigValue value = keys.given().get(path);
      if (value != null && isSound(path, key, value)) {
        fixed.put(key, value);
      } else if (keys.defaults().containsKey(path)) {
        fixed.put(key, keys.defaults().get(path));
      }
    }
    return fixed;
  }

  private static boolean isTooLarge(Map<String, List<ConfigValue>> axes) {
    long size = 1;
    for (List<ConfigValue> values : axes.values()) {
      size = Math.min(size * values.size(), Integer.MAX_VALUE);
    }
    return size > MAX_RUNS;
  }

  /** Returns the product of the axes; the last axis varies fastest. */
  private static Stream<GridPoint> points(GridPoint fixed, Map<String, List<ConfigValue>> axes) {
    Stream<GridPoint> points = Stream.of(fixed);
    for (Map.Entry<String, List<ConfigValue>> axis : axes.entrySet()) {
      points =
          points.flatMap(point -> axis.getValue().stream().map(v -> point.with(axis.getKey(), v)));
    }
    return points;
  }

  private boolean isSound(String path, String key, ConfigValue value) {
    try {
      if (key.equals("seed")) { // any whole number is sound, and there may be very many
        ConfigValues.whole(value);
      } else {
        sound.with(key, value).run(new SampleSchedule(0, 0, 1));
      }
      return true;
    } catch (IllegalArgumentException e) {
      problems.add(path, value, e);
      return false;
    }
  }

  /** Returns the sound values of each axis. */
  private Map<String, List<ConfigValue>> axes() {
    Map<String, List<ConfigValue>> axes = new LinkedHashMap<>();
    for (String key : Keys.AXES) {
      String path = "axes." + key;
      ConfigValue value = keys.value(path);
      if (value != null) {
        axes.put(
            key,
            problems.distinct(path, expand(path, key, value)).stream()
                .filter(v -> isSound(path, key, v))
                .toList());
      }
    }
    requireAxis("axes.target", "such as axes.target = [gaussian, spiral]", axes);
    requireAxis("axes.latent-dim", "such as axes.latent-dim = [1, 2, 10]", axes);
    return axes;
  }

  private void requireAxis(String path, String example, Map<String, List<ConfigValue>> axes) {
    if (!keys.given().containsKey(path)) {
      problems.add(path + ": missing; give one, " + example);
      axes.put(path.substring("axes.".length()), List.of());
    }
  }

  private List<ConfigValue> expand(String path, String key, ConfigValue value) {
    List<ConfigValue> items =
        value instanceof ConfigList list && !isOneValue(key, list) ? list : List.of(value);
    if (items.isEmpty()) {
      problems.add(path, value, "has no values");
    }
    return items.stream()
        .flatMap(item -> Keys.WHOLE.contains(key) ? range(path, item) : Stream.of(item))
        .toList();
  }

  /** Returns whether a list is one value of its axis: a flat list of widths. */
  private static boolean isOneValue(String key, ConfigList list) {
    return key.endsWith(".widths")
        && !list.isEmpty()
        && list.stream().noneMatch(ConfigList.class::isInstance);
  }

  private Stream<ConfigValue> range(String path, ConfigValue item) {
    Matcher range = RANGE.matcher(String.valueOf(item.unwrapped()));
    if (!range.matches()) {
      return Stream.of(item);
    }
    try {
      long first = Long.parseLong(range.group(1));
      long last = Long.parseLong(range.group(2));
      if (first <= last && last - first >= 0 && last - first < MAX_RUNS) {
        return LongStream.rangeClosed(first, last)
            .mapToObj(v -> ConfigValueFactory.fromAnyRef(v).withOrigin(item.origin()));
      }
    } catch (NumberFormatException e) {
      // a number of more than 64 bits is reported like the other bad ranges
    }
    problems.add(
        path, item, "a range must go up, by less than " + MAX_RUNS + ", such as \"1..10\"");
    return Stream.empty();
  }
}
