/**
 * Child processes: the command of a JVM like this one, and the last lines that a process prints.
 */
package org.latentsweep.process;
