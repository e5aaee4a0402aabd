/**
 * The interface between the command line and what executes its commands: the {@link
 * org.latentsweep.engine.Engine}, the tables and the progress that it returns, its exceptions and
 * the exit codes. Neither side depends on the other.
 */
package org.latentsweep.engine;
