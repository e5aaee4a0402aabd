/** The jobs that compute metrics from samples, and their summary across seeds. */
package org.latentsweep.scoring;
