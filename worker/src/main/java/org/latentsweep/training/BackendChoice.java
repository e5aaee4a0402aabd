package org.latentsweep.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The back end that is used, and why it was chosen.
 *
 * @param backend the back end
 * @param description its name and why it was chosen, as the run's row records it
 */
public record BackendChoice(Backend backend, String description) {

  /** The name that stands for the best available back end. */
  public static final String AUTO = "auto";

  /** The names that {@link #AUTO} tries, best first. */
  private static final List<String> PREFERENCE = List.of("cuda", "cpu");

  /**
   * Chooses a back end.
   *
   * @param name the name of a back end, or {@link #AUTO} for the best one that is available
   * @throws IllegalArgumentException if there is no back end of that name
   * @throws IllegalStateException if it cannot be used on this machine; the message gives the
   *     reason
   */
  public static BackendChoice of(String name) {
    return name.equals(AUTO) ? best() : named(name);
  }

  /** Returns the same choice on one of the back end's devices, named as in {@link Backend#on}. */
  public BackendChoice on(String device) {
    return new BackendChoice(backend.on(device), description);
  }

  /**
   * Returns whether training may use devices such as GPUs, on this machine or on others: whether
   * the back end of that name, or one of those that {@link #AUTO} tries, is one that uses them.
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

  /** Returns the names of the back ends in this build, sorted. */
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
