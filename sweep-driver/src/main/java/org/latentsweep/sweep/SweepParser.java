package org.latentsweep.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentsweep.metric.Bandwidth;

/**
 * Parses the file of a sweep, which is HOCON. The defaults of keys that it leaves out are in {@code
 * defaults.conf} beside this class. Rules beyond the keys themselves:
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
  private static final Pattern OVERRIDE = Pattern.compile("([^=]*[^=\\s])\\s*=\\s*(.*)");

  /** Values with commas between them, which belong into brackets. */
  private static final Pattern LIST = Pattern.compile("[^,()\\[\\]]+(,[^,()\\[\\]]+)+");

  /** Keys whose overrides are taken literally, not as HOCON. */
  private static final Set<String> LITERAL = Set.of("name", "output");

  private final List<String> backends;
  private final List<String> metrics;

  /**
   * Creates a parser.
   *
   * @param backends names of the back ends that a file may ask for, {@code auto} among them
   * @param metrics families of metrics that a file may ask for
   */
  public SweepParser(List<String> backends, List<String> metrics) {
    this.backends = List.copyOf(backends);
    this.metrics = List.copyOf(metrics);
  }

  /**
   * Parses a file.
   *
   * @param file HOCON; includes are relative to it
   * @param overrides each {@code key=value} with the value in HOCON, in which quotes may be left
   *     out; the values of {@code name} and {@code output} are taken literally
   * @throws RequestException naming everything that is wrong
   */
  public SweepSpec parse(Path file, List<String> overrides) {
    Problems problems = new Problems(file.toString());
    try {
      Config config = read(file, overrides, problems);
      GivenKeys keys = new GivenKeys(Keys.flatten(config.root(), problems), defaults());
      return new SpecReader(backends, metrics, keys, problems).spec();
    } catch (StackOverflowError e) { // HOCON's parser calls itself at each bracket
      problems.add("its blocks or lists are nested too deeply");
      throw problems.asException();
    }
  }

  private static Config read(Path file, List<String> overrides, Problems problems) {
    Config config = ConfigFactory.empty();
    for (String override : overrides) {
      try {
        config = override(override, problems).withFallback(config);
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
      return config.withFallback(HoconFile.parse(file)).resolve();
    } catch (ConfigException e) {
      problems.addAt(file.toString(), e);
      throw problems.asException();
    }
  }

  private static Config override(String override, Problems problems) {
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
        if (Keys.takesList(key) && LIST.matcher(value).matches()) {
          problems.addAt(
              origin,
              String.format(Locale.ROOT, "several values are a list; write %s=[%s]", key, value));
          return override(String.format(Locale.ROOT, "%s=[%s]", key, value), problems);
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

  /** Returns the bandwidths of a sweep whose file gives none. */
  public static List<Bandwidth> defaultBandwidths() {
    return ConfigValues.list(defaults().get("bandwidths")).stream()
        .map(value -> new Bandwidth(ConfigValues.number(value)))
        .toList();
  }
}
