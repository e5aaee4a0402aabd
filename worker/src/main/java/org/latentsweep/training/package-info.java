/**
 * Holds the training of packs of runs: the interface of the back ends, the back ends with their
 * networks, and the loop around them that draws samples and keeps checkpoints.
 */
package org.latentsweep.training;
