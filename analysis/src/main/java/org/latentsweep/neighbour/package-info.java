/** Searches for the points nearest to a location in one or two dimensions. */
package org.latentsweep.neighbour;
