/**
 * What all metrics have in common: a value with its uncertainty and floor, the check of the samples
 * it is computed from, its statistics over seeds, and the cache of what is computed once per
 * target.
 */
package org.latentsweep.metric;
