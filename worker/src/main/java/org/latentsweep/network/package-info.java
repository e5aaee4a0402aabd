/**
 * Holds the descriptions of a network, its activations, its loss and its optimiser, which are
 * independent of the back end that trains them.
 */
package org.latentsweep.network;
