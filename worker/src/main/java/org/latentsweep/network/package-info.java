/** What a network, its loss and its optimiser are, independent of the back end that trains it. */
package org.latentsweep.network;
