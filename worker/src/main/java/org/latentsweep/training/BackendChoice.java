package org.latentsweep.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The back end that is used, and why.
 *
 * @param backend to train with
 * @param description its name and why it was chosen, for the run's row
 */
public record BackendChoice(Backend backend, String description) {

  /** Lets the product choose. */
  public static final String AUTO = "auto";

  /** What {@link #AUTO} tries, best first. */
  private static final List<String> PREFERENCE = List.of("cuda", "cpu");

  /**
   * Chooses a back end.
   *
   * @param name of one, or {@link #AUTO} for the best one that is available
   * @throws IllegalArgumentException if there is none of that name
   * @throws IllegalStateException if it cannot be used here, with the reason
   */
  public static BackendChoice of(String name) {
    return name.equals(AUTO) ? best() : named(name);
  }

  /** The same on one of the back end's devices, as {@link Backend#on} names them. */
  public BackendChoice on(String device) {
    return new BackendChoice(backend.on(device), description);
  }

  /**
   * Whether this build has devices to train on in mind, here or on other machines: whether the back
   * end of that name, or one of those that {@link #AUTO} tries, uses any.
   */
  public static boolean usesDevices(String name) {
    return (name.equals(AUTO) ? PREFERENCE : List.of(name))
        .stream()
            .flatMap(tried -> find(tried).stream())
            .anyMatch(backend -> backend.devices().isPresent());
  }

  private static BackendChoice named(String name) {
    Backend backend =
        find(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot find back end '"
                            + name
                            + "'; there are auto, "
                            + String.join(", ", names())));
    Optional<String> unavailable = backend.unavailable();
    if (unavailable.isPresent()) {
      throw new IllegalStateException("Cannot use back end '" + name + "': " + unavailable.get());
    }
    return new BackendChoice(backend, name + " (configured)");
  }

  private static BackendChoice best() {
    List<String> reasons = new ArrayList<>();
    for (String name : PREFERENCE) {
      Optional<Backend> backend = find(name);
      Optional<String> unavailable = backend.flatMap(Backend::unavailable);
      if (backend.isPresent() && unavailable.isEmpty()) {
        reasons.add(0, name + " (auto");
        return new BackendChoice(backend.get(), String.join("; ", reasons) + ")");
      }
      unavailable.ifPresent(reason -> reasons.add("no " + name + ": " + reason));
    }
    throw new IllegalStateException("Cannot find a back end: " + String.join("; ", reasons));
  }

  /** The names of the back ends in this build. */
  public static List<String> names() {
    return loader().stream().map(provider -> provider.get().name()).sorted().toList();
  }

  private static Optional<Backend> find(String name) {
    return loader().stream()
        .map(ServiceLoader.Provider::get)
        .filter(backend -> backend.name().equals(name))
        .findFirst();
  }

  private static ServiceLoader<Backend> loader() {
    return ServiceLoader.load(Backend.class, BackendChoice.class.getClassLoader());
  }
}
