/**
 * Holds the jobs that compute the missing metrics of the runs in an output folder, and the families
 * of metrics that a sweep can ask for.
 */
package org.latentsweep.scoring;
