package org.latentsweep.sweep;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.PointsCheck;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.training.CheckpointPolicy;

/**
 * Reads the values of one file. After a problem it continues with what is sound, so that all
 * problems are found.
 */
final class SpecReader {
  private final List<String> backends;
  private final List<String> metrics;
  private final GivenKeys keys;
  private final Problems problems;

  SpecReader(List<String> backends, List<String> metrics, GivenKeys keys, Problems problems) {
    this.backends = backends;
    this.metrics = metrics;
    this.keys = keys;
    this.problems = problems;
  }

  /**
   * Reads everything.
   *
   * @throws RequestException naming everything that is wrong
   */
  SweepSpec spec() {
    String name = required("name", "such as name = latent-dim", ConfigValues::text);
    String output = required("output", "such as output = results/latent-dim", ConfigValues::path);
    String backend = value("backend", v -> oneOf(backends, ConfigValues.text(v)));
    List<String> families = items("metrics", v -> oneOf(metrics, ConfigValues.text(v)));
    List<Bandwidth> bandwidths =
        items("bandwidths", v -> new Bandwidth(ConfigValues.number(v))).stream().sorted().toList();
    if (bandwidths.isEmpty()) {
      requireItems("bandwidths");
    }
    CheckpointPolicy checkpoints = value("checkpoint.every", ConfigValues::checkpoints);
    boolean score = value("snapshots.score", ConfigValues::flag);
    SampleSchedule schedule = schedule();
    if (!families.isEmpty()) {
      checkEnough("samples", schedule.atEnd());
      checkEnough("snapshots.samples", score ? schedule.perSnapshot() : 0);
    }
    Keys.NETWORKS.forEach(this::checkShape);
    Keys.NETWORKS.forEach(this::checkSlope);
    List<RunSpec> runs = new GridReader(keys, problems, SizeLimits.ofTasks()).runs(schedule);
    problems.throwIfAny();
    return new SweepSpec(name, output, runs, backend, families, bandwidths, score, checkpoints);
  }

  private static String oneOf(List<String> known, String name) {
    if (!known.contains(name)) {
      throw new IllegalArgumentException("must be one of " + String.join(", ", known));
    }
    return name;
  }

  /** Returns the value of a key, or its default if the given value is wrong. */
  private <T> T value(String path, Function<ConfigValue, T> read) {
    try {
      return read.apply(keys.value(path));
    } catch (IllegalArgumentException e) {
      problems.add(path, keys.given().get(path), e);
      return read.apply(keys.defaults().get(path));
    }
  }

  /** Returns the value of a key without a default; null if it is missing or wrong. */
  private <T> T required(String path, String example, Function<ConfigValue, T> read) {
    ConfigValue value = keys.given().get(path);
    if (value == null) {
      problems.add(path + ": missing; give one, " + example);
      return null;
    }
    try {
      return read.apply(value);
    } catch (IllegalArgumentException e) {
      problems.add(path, value, e);
      return null;
    }
  }

  /** Returns the sound items of a list; a single value counts as a list of one. */
  private <T> List<T> items(String path, Function<ConfigValue, T> read) {
    List<T> items = new ArrayList<>();
    for (ConfigValue item : problems.distinct(path, ConfigValues.list(keys.value(path)))) {
      try {
        items.add(read.apply(item));
      } catch (IllegalArgumentException e) {
        problems.add(path, item, e);
      }
    }
    return items;
  }

  private void requireItems(String path) {
    if (ConfigValues.list(keys.value(path)).isEmpty()) {
      problems.add(path, keys.value(path), "has no values");
    }
  }

  private SampleSchedule schedule() {
    int atEnd = value("samples", v -> new SampleSchedule(0, 0, ConfigValues.count(v)).atEnd());
    int every = value("snapshots.every", v -> atLeastZero(ConfigValues.count(v)));
    if (every == 0) {
      return new SampleSchedule(0, 0, atEnd);
    }
    int perSnapshot =
        value("snapshots.samples", v -> new SampleSchedule(every, ConfigValues.count(v), atEnd))
            .perSnapshot();
    return new SampleSchedule(every, perSnapshot, atEnd);
  }

  private static int atLeastZero(int every) {
    if (every < 0) {
      throw new IllegalArgumentException("must be >= 1, or 0 for no snapshots");
    }
    return every;
  }

  /** Rejects runs whose samples could not be scored; 0 means that there are no samples. */
  private void checkEnough(String path, int samples) {
    if (samples > 0 && samples < PointsCheck.MIN_POINTS) {
      problems.add(
          path,
          keys.value(path),
          "metrics need "
              + PointsCheck.MIN_POINTS
              + " or more; without them, metrics = [] and snapshots.score = false");
    }
  }

  private void checkShape(String network) {
    List<String> widths = keys.pathsOf(network, "widths");
    List<String> widthOrDepth =
        Stream.of("width", "depth").flatMap(key -> keys.pathsOf(network, key).stream()).toList();
    if (!widths.isEmpty() && !widthOrDepth.isEmpty()) {
      String path = widthOrDepth.get(0);
      problems.add(
          path,
          keys.given().get(path),
          "cannot stand beside " + widths.get(0) + "; give widths, or width and depth");
    }
  }

  private void checkSlope(String network) {
    String key = network + ".activation";
    ConfigValue activation = keys.given().getOrDefault("axes." + key, keys.value("run." + key));
    List<ConfigValue> all = activation instanceof ConfigList list ? list : List.of(activation);
    if (all.stream().noneMatch(value -> GridPoint.LEAKY_RELU.equals(value.unwrapped()))) {
      keys.pathsOf(network, "slope")
          .forEach(
              path ->
                  problems.add(
                      path,
                      keys.given().get(path),
                      "no activation takes it; write " + key + " = " + GridPoint.LEAKY_RELU));
    }
  }
}
