package org.latentsweep.scoring;

import java.io.Serializable;
import org.latentsweep.folder.FinishedRun;
import org.latentsweep.run.RunId;
import org.latentsweep.target.NoiseLaw;

/**
 * What a task needs to know of a completed run.
 *
 * @param id of the run
 * @param target name
 * @param latentDimension k
 * @param noise law of the generator's input
 * @param steps of training
 * @param part name of its pack's files
 */
record RunToScore(
    RunId id, String target, int latentDimension, NoiseLaw noise, int steps, String part)
    implements Serializable {

  static RunToScore of(FinishedRun run) {
    return new RunToScore(
        run.id(), run.target(), run.latentDimension(), run.noise(), run.steps(), run.part());
  }
}
