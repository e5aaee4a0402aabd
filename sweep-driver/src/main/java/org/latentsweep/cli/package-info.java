/**
 * The command line: reads arguments, calls one method of {@link org.latentsweep.engine.Engine}, or
 * has a benchmark measure, and prints what comes of it as a table.
 */
package org.latentsweep.cli;
