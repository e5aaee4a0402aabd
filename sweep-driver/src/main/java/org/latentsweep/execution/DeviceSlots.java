package org.latentsweep.execution;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Limits how many packs are in training on each device of this process at the same time, and picks
 * the least used device. Spark's scheduler does the same if it knows of GPUs; in local mode it
 * knows of none and runs as many tasks as there are cores.
 */
final class DeviceSlots {
  /** Static because all tasks of an executor share its devices. */
  static final DeviceSlots OF_PROCESS = new DeviceSlots();

  /** Chosen by judgement: how late a waiting task may notice that it was cancelled. */
  private static final long POLL_MILLIS = 100;

  private final Map<String, Integer> packs = new HashMap<>();

  /** Permission to train a pack on a device, until it is closed. */
  final class HeldDevice implements AutoCloseable {
    private final String device;

    private HeldDevice(String device) {
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
   * Waits until one of some devices has a free slot, and takes one on the least used device.
   *
   * @param devices at least one; of equally used devices the first is taken
   * @param limit number of packs on each device at the same time
   * @param cancelled is polled while waiting
   * @throws CancellationException if cancelled
   */
  synchronized HeldDevice take(List<String> devices, int limit, BooleanSupplier cancelled) {
    while (!cancelled.getAsBoolean()) {
      Optional<String> free =
          devices.stream()
              .filter(device -> packs(device) < limit)
              .min(Comparator.comparingInt(this::packs));
      if (free.isPresent()) {
        packs.merge(free.get(), 1, Integer::sum);
        return new HeldDevice(free.get());
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
