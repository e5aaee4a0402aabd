package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {

  @Test
  void computesOncePerKeyInManyThreads() {
    AtomicInteger computed = new AtomicInteger();
    BoundedCache<Integer, Integer> cache = new BoundedCache<>(4);
    int sum =
        IntStream.range(0, 1_000)
            .parallel()
            .map(i -> cache.get(i % 3, key -> key + 100 * computed.incrementAndGet() / 100))
            .sum();
    assertThat(computed).hasValue(3);
    assertThat(sum).isPositive();
  }

  @Test
  void forgetsTheLeastRecentlyUsed() {
    AtomicInteger computed = new AtomicInteger();
    BoundedCache<String, Integer> cache = new BoundedCache<>(2);
    for (String key : new String[] {"a", "b", "a", "c", "a", "b"}) {
      cache.get(key, k -> computed.incrementAndGet());
    }
    assertThat(computed).hasValue(4); // c displaced b
  }

  @Test
  void aFailureIsNotKept() {
    BoundedCache<String, Integer> cache = new BoundedCache<>(2);
    assertThatThrownBy(
            () ->
                cache.get(
                    "a",
                    key -> {
                      throw new IllegalStateException("Cannot compute: not yet");
                    }))
        .hasMessage("Cannot compute: not yet");
    assertThat(cache.get("a", key -> 1)).isEqualTo(1);
  }
}
