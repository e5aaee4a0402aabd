/**
 * The command line: a class for each command, which parses its arguments, calls the {@link
 * org.latentsweep.engine.Engine} or a benchmark, and prints the result as a table.
 */
package org.latentsweep.cli;
