/**
 * The figures of a report: what each draws, how it is drawn, and the files that it is written to.
 */
package org.latentsweep.figure;
