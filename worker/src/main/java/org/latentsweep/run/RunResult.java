package org.latentsweep.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The result of one run.
 *
 * @param spec the specification of the run
 * @param outcome how it ended
 * @param message the message of the exception that made it fail
 * @param divergedAt the step at which it diverged
 * @param history the losses and accuracies of the steps that were done
 * @param samples the samples drawn at the scheduled steps, all finite
 * @param generator the trained generator as a DL4J {@code MultiLayerNetwork} archive; empty unless
 *     the run completed
 * @param trainSeconds the time spent in its training steps
 * @param packSize how many runs were trained in the same program
 * @param backend the name of the back end, and why it was chosen
 * @param device the device that trained it
 * @param startedAt when its program was started
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

  /** Copies the list of samples. */
  public RunResult {
    samples = List.copyOf(samples);
  }
}
