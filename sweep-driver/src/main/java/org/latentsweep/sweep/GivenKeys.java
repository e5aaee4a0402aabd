package org.latentsweep.sweep;

import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The values of keys.
 *
 * @param given values that the file of a sweep or an override gives
 * @param defaults values of keys that may be left out
 */
record GivenKeys(Map<String, ConfigValue> given, Map<String, ConfigValue> defaults) {

  /** Returns the given value or the default; null if there is neither. */
  ConfigValue value(String path) {
    return given.getOrDefault(path, defaults.get(path));
  }

  /** Returns the paths by which a key of a network is given, as an axis or for all runs. */
  List<String> pathsOf(String network, String key) {
    return Stream.of("axes.", "run.")
        .map(place -> place + network + "." + key)
        .filter(given::containsKey)
        .toList();
  }
}
