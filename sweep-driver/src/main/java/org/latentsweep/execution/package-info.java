/**
 * The engine on Spark: one class for each command, the Spark application and the errors that they
 * share, and the tasks that train packs.
 */
package org.latentsweep.execution;
