package org.latentsweep.metric;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A cache that computes each value once and keeps those used most recently. Many threads may use
 * it: a thread that asks for a value which another thread is computing waits for it, and all other
 * values stay available meanwhile.
 *
 * @param <K> type of the keys, with {@code equals} and {@code hashCode}
 * @param <V> type of the values, which the threads share
 */
public final class BoundedCache<K, V> {
  private final Map<K, CompletableFuture<V>> entries;

  /**
   * Makes an empty cache.
   *
   * @param capacity the greatest number of entries that the cache keeps
   */
  public BoundedCache(int capacity) {
    entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, CompletableFuture<V>> eldest) {
            return size() > capacity;
          }
        };
  }

  /**
   * Returns the value of a key, and computes it first if the cache does not hold it. If the
   * computation throws, this method throws the same and the cache keeps nothing for the key.
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
