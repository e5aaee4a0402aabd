package org.latentsweep.divergence;

/**
 * A mass at a node of a grid.
 *
 * @param row row of the node
 * @param column column of the node
 * @param mass the mass, above 0
 */
record NodeMass(int row, int column, double mass) {}
