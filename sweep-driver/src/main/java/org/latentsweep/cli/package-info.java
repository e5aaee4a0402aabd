/**
 * The command line: reads arguments, calls one method of {@link org.latentsweep.cli.Engine}, prints
 * one table.
 */
package org.latentsweep.cli;
