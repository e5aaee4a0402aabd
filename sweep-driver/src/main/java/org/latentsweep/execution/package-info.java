/** Executing a planned sweep on Spark. */
package org.latentsweep.execution;
