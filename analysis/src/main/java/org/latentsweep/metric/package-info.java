/**
 * What all metrics have in common: a value with its uncertainty and floor, the check of the samples
 * it is computed from, its statistics over seeds, the cache of what is computed once per target,
 * and the steps of a low-discrepancy sequence.
 */
package org.latentsweep.metric;
