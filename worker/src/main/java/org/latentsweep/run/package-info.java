/** Holds the values that describe a run before it is trained, and those that result from it. */
package org.latentsweep.run;
