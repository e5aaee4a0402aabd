/** The jobs that compute the metrics that the runs of an output folder are missing. */
package org.latentsweep.scoring;
