package org.latentsweep.divergence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Values computed once each and kept, the most recently used ones. For many threads: a value being
 * computed is waited for, and the others stay available meanwhile.
 *
 * @param <K> keys, with equals and hashCode
 * @param <V> values, which threads share
 */
public final class BoundedCache<K, V> {
  private final Map<K, CompletableFuture<V>> entries;

  /**
   * Makes an empty cache.
   *
   * @param most entries to keep
   */
  public BoundedCache(int most) {
    entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, CompletableFuture<V>> eldest) {
            return size() > most;
          }
        };
  }

  /**
   * The value of a key, computed if it is not kept. What the computation throws is thrown, and
   * nothing is kept of it.
   */
  public V get(K key, Function<K, V> compute) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> present;
    synchronized (entries) {
      present = entries.putIfAbsent(key, mine);
    }
    if (present != null) {
      return present.join();
    }
    try {
      mine.complete(compute.apply(key));
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      synchronized (entries) {
        entries.remove(key, mine);
      }
      throw e;
    }
    return mine.join();
  }
}
