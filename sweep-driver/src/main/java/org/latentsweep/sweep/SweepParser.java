package org.latentsweep.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.PointsCheck;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.target.Targets;
import org.latentsweep.training.CheckpointPolicy;

/**
 * Reads a sweep's file, which is HOCON; what it leaves out is as in {@code defaults.conf} beside
 * this class. Rules beyond the keys themselves:
 *
 * <ul>
 *   <li>An axis overrides its key in {@code run}. An axis takes a list, or one value; where values
 *       are whole numbers, {@code "a..b"} stands for a, a + 1, ..., b. A flat list of numbers as
 *       the axis {@code widths} is one value.
 *   <li>A network has {@code widths}, or {@code width} and {@code depth}; giving both is an error.
 *   <li>{@code slope} is the slope of an activation written {@code leaky-relu}; {@code
 *       "leaky-relu(s)"} carries its own, and the other activations have none. Giving a slope that
 *       no activation takes is an error.
 *   <li>A key with the value null counts as not given.
 * </ul>
 */
public final class SweepParser {
  private static final int MAX_RUNS = 1_000_000;
  private static final Pattern RANGE = Pattern.compile("\\s*(-?\\d+)\\s*\\.\\.\\s*(-?\\d+)\\s*");
  private static final Pattern OVERRIDE = Pattern.compile("([^=]*[^=\\s])\\s*=\\s*(.*)");
  private static final Set<String> LITERAL = Set.of("name", "output");

  private final Set<String> backends;
  private final Set<String> metrics;

  /**
   * A parser of files that may ask for these.
   *
   * @param backends names of back ends, {@code auto} among them
   * @param metrics families of metrics
   */
  public SweepParser(List<String> backends, List<String> metrics) {
    this.backends = new LinkedHashSet<>(backends);
    this.metrics = new LinkedHashSet<>(metrics);
  }

  /**
   * Reads a file.
   *
   * @param file HOCON; includes are relative to it
   * @param overrides each {@code key=value}, the value in HOCON, though a value that HOCON would
   *     need in quotes may go without, and {@code name} and {@code output} are taken as they stand
   * @throws RequestException naming everything that is wrong
   */
  public SweepSpec parse(Path file, List<String> overrides) {
    Problems problems = new Problems(file.toString());
    Config asked = read(file, overrides, problems);
    return new Reading(Keys.flatten(asked.root(), problems), problems).spec();
  }

  private static Config read(Path file, List<String> overrides, Problems problems) {
    Config config = ConfigFactory.empty();
    for (String override : overrides) {
      try {
        config = override(override).withFallback(config);
      } catch (ConfigException e) {
        problems.addAt("--set " + override, e);
      } catch (IllegalArgumentException e) {
        problems.addAt("--set " + override, e.getMessage());
      }
    }
    if (!Files.isRegularFile(file)) {
      problems.add("there is no such file");
      throw problems.asException();
    }
    try {
      return config.withFallback(ConfigFactory.parseFile(file.toFile())).resolve();
    } catch (ConfigException e) {
      problems.addAt(file.toString(), e);
      throw problems.asException();
    }
  }

  private static Config override(String override) {
    Matcher parts = OVERRIDE.matcher(override);
    if (!parts.matches()) {
      throw new IllegalArgumentException("must be key=value");
    }
    String key = parts.group(1).strip();
    String value = parts.group(2).strip();
    String origin = "--set " + override;
    if (!LITERAL.contains(key)) {
      try {
        return ConfigFactory.parseString(
            key + " = " + value, ConfigParseOptions.defaults().setOriginDescription(origin));
      } catch (ConfigException.Parse e) {
        if (value.isEmpty() || "[{\"".indexOf(value.charAt(0)) >= 0) {
          throw e;
        }
      }
    }
    return ConfigFactory.empty().withValue(key, ConfigValueFactory.fromAnyRef(value, origin));
  }

  private static Map<String, ConfigValue> defaults() {
    Problems problems = new Problems("defaults.conf");
    Config config = ConfigFactory.parseResources(SweepParser.class, "defaults.conf");
    Map<String, ConfigValue> defaults = Keys.flatten(config.root(), problems);
    problems.throwIfAny();
    return defaults;
  }

  /** The bandwidths at which a sweep is scored whose file does not say. */
  public static List<Bandwidth> defaultBandwidths() {
    return Values.list(defaults().get("bandwidths")).stream()
        .map(value -> new Bandwidth(Values.number(value)))
        .toList();
  }

  /** One reading of one file: goes on after a problem with what is sound. */
  private final class Reading {
    private final Map<String, ConfigValue> defaults = defaults();
    private final Map<String, ConfigValue> given;
    private final Problems problems;

    Reading(Map<String, ConfigValue> given, Problems problems) {
      this.given = given;
      this.problems = problems;
    }

    SweepSpec spec() {
      String name = required("name", "such as name = latent-dim", Values::text);
      String output = required("output", "such as output = results/latent-dim", Values::text);
      String backend = value("backend", v -> oneOf(backends, Values.text(v)));
      List<String> wanted = items("metrics", v -> oneOf(metrics, Values.text(v)));
      List<Bandwidth> bandwidths =
          items("bandwidths", v -> new Bandwidth(Values.number(v))).stream().sorted().toList();
      if (bandwidths.isEmpty()) {
        requireItems("bandwidths");
      }
      CheckpointPolicy checkpoints = value("checkpoint.every", Values::checkpoints);
      boolean score = value("snapshots.score", Values::flag);
      SampleSchedule schedule = schedule();
      if (!wanted.isEmpty()) {
        checkEnough("samples", schedule.atEnd());
        checkEnough("snapshots.samples", score ? schedule.perSnapshot() : 0);
      }
      Keys.NETWORKS.forEach(this::checkShape);
      Keys.NETWORKS.forEach(this::checkSlope);
      List<RunSpec> runs = runs(schedule);
      problems.throwIfAny();
      return new SweepSpec(name, output, runs, backend, wanted, bandwidths, score, checkpoints);
    }

    private ConfigValue asWritten(String path) {
      return given.getOrDefault(path, defaults.get(path));
    }

    /** The value of a key, or its default where it is given wrongly. */
    private <T> T value(String path, Function<ConfigValue, T> read) {
      try {
        return read.apply(asWritten(path));
      } catch (IllegalArgumentException e) {
        problems.add(path, given.get(path), e);
        return read.apply(defaults.get(path));
      }
    }

    /** The value of a key without a default; null where it is missing or wrong. */
    private <T> T required(String path, String example, Function<ConfigValue, T> read) {
      ConfigValue value = given.get(path);
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

    /** The sound items of a list; one value will do for it. */
    private <T> List<T> items(String path, Function<ConfigValue, T> read) {
      List<T> items = new ArrayList<>();
      for (ConfigValue item : withoutRepeats(path, Values.list(asWritten(path)))) {
        try {
          items.add(read.apply(item));
        } catch (IllegalArgumentException e) {
          problems.add(path, item, e);
        }
      }
      return items;
    }

    private void requireItems(String path) {
      if (Values.list(asWritten(path)).isEmpty()) {
        problems.add(path, asWritten(path), "has no values");
      }
    }

    private SampleSchedule schedule() {
      int atEnd = value("samples", v -> new SampleSchedule(0, 0, Values.count(v)).atEnd());
      int every = value("snapshots.every", v -> atLeastZero(Values.count(v)));
      if (every == 0) {
        return new SampleSchedule(0, 0, atEnd);
      }
      int perSnapshot =
          value("snapshots.samples", v -> new SampleSchedule(every, Values.count(v), atEnd))
              .perSnapshot();
      return new SampleSchedule(every, perSnapshot, atEnd);
    }

    /** So that no run is trained whose samples cannot be scored; 0 is for none. */
    private void checkEnough(String path, int samples) {
      if (samples > 0 && samples < PointsCheck.MIN_POINTS) {
        problems.add(
            path,
            asWritten(path),
            "metrics need "
                + PointsCheck.MIN_POINTS
                + " or more; without them, metrics = [] and snapshots.score = false");
      }
    }

    private void checkShape(String network) {
      List<String> lists = givenOf(network, "widths");
      List<String> pairs =
          Stream.of("width", "depth").flatMap(key -> givenOf(network, key).stream()).toList();
      if (!lists.isEmpty() && !pairs.isEmpty()) {
        String path = pairs.get(0);
        problems.add(
            path,
            given.get(path),
            "cannot stand beside " + lists.get(0) + "; give widths, or width and depth");
      }
    }

    private void checkSlope(String network) {
      String key = network + ".activation";
      ConfigValue activation = given.getOrDefault("axes." + key, asWritten("run." + key));
      List<ConfigValue> all = activation instanceof ConfigList list ? list : List.of(activation);
      if (all.stream().noneMatch(value -> Cell.LEAKY_RELU.equals(value.unwrapped()))) {
        givenOf(network, "slope")
            .forEach(
                path ->
                    problems.add(
                        path,
                        given.get(path),
                        "no activation takes it; write " + key + " = " + Cell.LEAKY_RELU));
      }
    }

    /** The paths by which a key of a network is given, as an axis or for all runs. */
    private List<String> givenOf(String network, String key) {
      return Stream.of("axes.", "run.")
          .map(place -> place + network + "." + key)
          .filter(given::containsKey)
          .toList();
    }

    private List<RunSpec> runs(SampleSchedule schedule) {
      Cell sound = soundCell();
      Map<String, ConfigValue> fixed = new HashMap<>();
      for (String key : Keys.HYPERPARAMETERS) {
        ConfigValue value = given.get("run." + key);
        if (value != null && isSound("run." + key, sound, key, value)) {
          fixed.put(key, value);
        } else if (defaults.containsKey("run." + key)) {
          fixed.put(key, defaults.get("run." + key));
        }
      }
      Map<String, List<ConfigValue>> axes = axes(sound);
      long size = 1;
      for (List<ConfigValue> values : axes.values()) {
        size = Math.min(size * values.size(), Integer.MAX_VALUE);
      }
      if (size > MAX_RUNS) {
        problems.add("axes: the grid has more than " + MAX_RUNS + " runs");
        return List.of();
      }
      List<RunSpec> runs = new ArrayList<>();
      grid(new Cell(fixed), axes)
          .forEach(
              cell -> {
                try {
                  runs.add(cell.run(schedule));
                } catch (IllegalArgumentException e) {
                  problems.add("axes: " + Problems.reason(e));
                }
              });
      return runs;
    }

    /** A cell to try single values in: one that no single sound value can spoil. */
    private Cell soundCell() {
      Map<String, ConfigValue> values = new HashMap<>();
      Keys.HYPERPARAMETERS.forEach(
          key -> {
            if (defaults.containsKey("run." + key)) {
              values.put(key, defaults.get("run." + key));
            }
          });
      values.put("target", ConfigValueFactory.fromAnyRef(Targets.all().keySet().iterator().next()));
      values.put("latent-dim", ConfigValueFactory.fromAnyRef(Integer.MAX_VALUE));
      values.put("seed", defaults.get("axes.seed"));
      return new Cell(values);
    }

    private boolean isSound(String path, Cell sound, String key, ConfigValue value) {
      try {
        if (key.equals("seed")) { // of which there may be many, and any whole number will do
          Values.whole(value);
        } else {
          sound.with(key, value).run(new SampleSchedule(0, 0, 1));
        }
        return true;
      } catch (IllegalArgumentException e) {
        problems.add(path, value, e);
        return false;
      }
    }

    /** The sound values of each axis. */
    private Map<String, List<ConfigValue>> axes(Cell sound) {
      Map<String, List<ConfigValue>> axes = new LinkedHashMap<>();
      for (String key : Keys.AXES) {
        String path = "axes." + key;
        ConfigValue value = asWritten(path);
        if (value != null) {
          axes.put(
              key,
              withoutRepeats(path, expand(path, key, value)).stream()
                  .filter(v -> isSound(path, sound, key, v))
                  .toList());
        }
      }
      requireAxis("axes.target", "such as axes.target = [gaussian, spiral]", axes);
      requireAxis("axes.latent-dim", "such as axes.latent-dim = [1, 2, 10]", axes);
      return axes;
    }

    private void requireAxis(String path, String example, Map<String, List<ConfigValue>> axes) {
      if (!given.containsKey(path)) {
        problems.add(path + ": missing; give one, " + example);
        axes.put(path.substring("axes.".length()), List.of());
      }
    }

    private List<ConfigValue> expand(String path, String key, ConfigValue value) {
      boolean flatWidths =
          key.endsWith(".widths")
              && value instanceof ConfigList list
              && !list.isEmpty()
              && list.stream().noneMatch(ConfigList.class::isInstance);
      List<ConfigValue> items =
          value instanceof ConfigList list && !flatWidths ? list : List.of(value);
      if (items.isEmpty()) {
        problems.add(path, value, "has no values");
      }
      return items.stream()
          .flatMap(item -> Keys.WHOLE.contains(key) ? range(path, item) : Stream.of(item))
          .toList();
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
        // more than 64 bits: out of range like the other bad ones
      }
      problems.add(
          path, item, "a range must go up, by less than " + MAX_RUNS + ", such as \"1..10\"");
      return Stream.empty();
    }

    private List<ConfigValue> withoutRepeats(String path, List<ConfigValue> values) {
      Set<ConfigValue> seen = new LinkedHashSet<>();
      for (ConfigValue value : values) {
        if (!seen.add(value)) {
          problems.add(path, value, "listed twice");
        }
      }
      return List.copyOf(seen);
    }
  }

  private static String oneOf(Set<String> known, String name) {
    if (!known.contains(name)) {
      throw new IllegalArgumentException("must be one of " + String.join(", ", known));
    }
    return name;
  }

  private static int atLeastZero(int every) {
    if (every < 0) {
      throw new IllegalArgumentException("must be >= 1, or 0 for no snapshots");
    }
    return every;
  }

  /** The product of the axes, the last fastest. */
  private static Stream<Cell> grid(Cell fixed, Map<String, List<ConfigValue>> axes) {
    Stream<Cell> cells = Stream.of(fixed);
    for (Map.Entry<String, List<ConfigValue>> axis : axes.entrySet()) {
      cells = cells.flatMap(cell -> axis.getValue().stream().map(v -> cell.with(axis.getKey(), v)));
    }
    return cells;
  }
}
