package org.latentsweep.target;

import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The registered target distributions, by name. */
public final class Targets {
  private static final Map<String, TargetDistribution> BY_NAME = load();

  private Targets() {}

  private static SortedMap<String, TargetDistribution> load() {
    SortedMap<String, TargetDistribution> byName = new TreeMap<>();
    for (TargetDistribution target :
        ServiceLoader.load(TargetDistribution.class, Targets.class.getClassLoader())) {
      TargetDistribution other = byName.put(target.name(), target);
      if (other != null) {
        throw new IllegalStateException(
            "Cannot register targets: "
                + other.getClass().getName()
                + " and "
                + target.getClass().getName()
                + " are both named "
                + target.name());
      }
    }
    return Collections.unmodifiableSortedMap(byName);
  }

  /** Returns all registered targets, ordered by name. */
  public static Map<String, TargetDistribution> all() {
    return BY_NAME;
  }

  /**
   * Returns the target with that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the targets there are
   */
  public static TargetDistribution named(String name) {
    TargetDistribution target = BY_NAME.get(name);
    if (target == null) {
      throw new IllegalArgumentException(
          "Cannot find target '" + name + "'; there are " + String.join(", ", BY_NAME.keySet()));
    }
    return target;
  }
}
