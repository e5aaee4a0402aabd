package org.latentsweep.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came out of one run.
 *
 * @param spec what was asked for
 * @param outcome how it ended
 * @param message of the exception that failed it
 * @param divergedAt the step at which it diverged
 * @param history of the steps that were done
 * @param samples drawn at the scheduled steps, all finite
 * @param generator the trained generator as a DL4J {@code MultiLayerNetwork} archive; empty unless
 *     completed
 * @param trainSeconds time in its training steps
 * @param packSize how many runs were trained together
 * @param backend name of the back end, and why it was chosen
 * @param device that it ran on
 * @param startedAt when its pack was started
 * @param finishedAt when it was finished
 */
public record RunResult(
    RunSpec spec,
    Outcome outcome,
    Optional<String> message,
    OptionalInt divergedAt,
    History history,
    List<SampleSet> samples,
    Optional<GeneratorArchive> generator,
    double trainSeconds,
    int packSize,
    String backend,
    String device,
    Instant startedAt,
    Instant finishedAt) {

  /** Copies the samples. */
  public RunResult {
    samples = List.copyOf(samples);
  }
}
