/** Random streams, split by purpose and step. */
package org.latentsweep.random;
