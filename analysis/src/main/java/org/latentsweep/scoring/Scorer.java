package org.latentsweep.scoring;

import java.io.Serializable;

/** Computes a set of metrics of a run, from its samples or from its generator. */
public sealed interface Scorer extends Serializable permits SampleScorer, GeneratorScorer {}
