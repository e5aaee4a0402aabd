package org.latentsweep.execution;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Bounds how many packs are in training on each device of this process: a semaphore for each, of
 * which the least used is taken. Spark's scheduler does so too where it was told of GPUs; in local
 * mode it knows of none, and has as many tasks as cores.
 */
final class DeviceSlots {
  /** The devices of this process; a process has them once. */
  static final DeviceSlots OF_PROCESS = new DeviceSlots();

  private static final long POLL_MILLIS = 100;

  private final Map<String, Integer> packs = new HashMap<>();

  /** A place on a device, until closed. */
  final class Slot implements AutoCloseable {
    private final String device;

    private Slot(String device) {
      this.device = device;
    }

    String device() {
      return device;
    }

    @Override
    public void close() {
      release(device);
    }
  }

  /**
   * Takes a place on the least used of some devices, once there is one.
   *
   * @param devices that will do, at least one; of equally used ones the first is taken
   * @param most packs on each at the same time
   * @param cancelled polled while waiting
   * @throws CancellationException if cancelled
   */
  synchronized Slot take(List<String> devices, int most, BooleanSupplier cancelled) {
    while (!cancelled.getAsBoolean()) {
      Optional<String> free =
          devices.stream()
              .filter(device -> packs(device) < most)
              .min(Comparator.comparingInt(this::packs));
      if (free.isPresent()) {
        packs.merge(free.get(), 1, Integer::sum);
        return new Slot(free.get());
      }
      await();
    }
    throw new CancellationException("Cannot train the pack: it was cancelled");
  }

  private int packs(String device) {
    return packs.getOrDefault(device, 0);
  }

  private void await() {
    try {
      wait(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Cannot train the pack: it was interrupted");
    }
  }

  private synchronized void release(String device) {
    packs.merge(device, -1, Integer::sum);
    notifyAll();
  }
}
