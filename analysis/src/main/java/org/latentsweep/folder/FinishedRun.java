package org.latentsweep.folder;

import java.time.Instant;
import java.util.Optional;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.target.NoiseLaw;

/**
 * A row of {@code runs}, as far as planning and scoring need it.
 *
 * @param id of the run
 * @param outcome how it ended
 * @param message of the exception that failed it
 * @param target name
 * @param latentDimension k
 * @param noise law of the generator's input
 * @param steps that were asked for
 * @param trainSeconds time in its training steps
 * @param packSize how many runs were trained together
 * @param backend that trained it
 * @param device that it ran on
 * @param finishedAt when
 * @param part name of the file that holds it in every table, without the extension
 */
public record FinishedRun(
    RunId id,
    Outcome outcome,
    Optional<String> message,
    String target,
    int latentDimension,
    NoiseLaw noise,
    int steps,
    double trainSeconds,
    int packSize,
    String backend,
    String device,
    Instant finishedAt,
    String part) {}
