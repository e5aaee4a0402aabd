/** Searches among points for those nearest to a place. */
package org.latentsweep.neighbour;
