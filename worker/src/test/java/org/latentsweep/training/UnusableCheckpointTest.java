package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.training.SavedRuns.OPENBLAS;
import static org.latentsweep.training.SavedRuns.REFERENCE;
import static org.latentsweep.training.SavedRuns.RUN;
import static org.latentsweep.training.SavedRuns.STEPS;
import static org.latentsweep.training.SavedRuns.VECTORS;
import static org.latentsweep.training.SavedRuns.assertSameBits;
import static org.latentsweep.training.SavedRuns.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;

/** Checkpoints that are damaged or that another run, back end or format wrote. */
class UnusableCheckpointTest {
  private static final int STEP = 11; // the index of a checkpoint in the middle of the run

  static Stream<Arguments> unusableCheckpoints() throws IOException {
    byte[] good = checkpoints(VECTORS, RUN).get(STEP);
    byte[] otherFormat = good.clone();
    otherFormat[11]++;
    Stream.Builder<Arguments> unusable = Stream.builder();
    for (int length : new int[] {0, 1, 8, 20, 60, good.length / 2, good.length - 1}) {
      unusable.add(Arguments.of("cut to " + length, Arrays.copyOf(good, length)));
    }
    unusable.add(Arguments.of("too long", Arrays.copyOf(good, good.length + 1)));
    for (int at = 0; at < good.length; at += good.length / 40) {
      byte[] flipped = good.clone();
      flipped[at] ^= 0x40;
      unusable.add(Arguments.of("bit flipped in byte " + at, flipped));
    }
    RunSpec other = SmallRuns.spiral(STEPS, 2);
    unusable.add(Arguments.of("other format", withChecksum(otherFormat)));
    unusable.add(Arguments.of("other run", checkpoints(VECTORS, other).get(STEP)));
    unusable.add(Arguments.of("other back end", checkpoints(REFERENCE, RUN).get(STEP)));
    unusable.add(Arguments.of("other kernel", checkpoints(OPENBLAS, RUN).get(STEP)));
    return unusable.build();
  }

  private static byte[] withChecksum(byte[] checkpoint) {
    CRC32C sum = new CRC32C();
    sum.update(checkpoint, 0, checkpoint.length - Long.BYTES);
    ByteBuffer.wrap(checkpoint).putLong(checkpoint.length - Long.BYTES, sum.getValue());
    return checkpoint;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusableCheckpoints")
  void theRunStartsFromStep0(String what, byte[] checkpoint) {
    Instant before = Instant.now();
    RunResult result = SavedRuns.resume(VECTORS, RUN, checkpoint);
    assertThat(result.startedAt()).isAfterOrEqualTo(before);
    assertSameBits(result, SavedRuns.trainWithoutCheckpoints(VECTORS, RUN).get(0));
  }
}
