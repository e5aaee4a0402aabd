/** The figures of a report, and how they are drawn and written to files. */
package org.latentsweep.figure;
