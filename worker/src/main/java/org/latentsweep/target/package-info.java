/**
 * Target distributions: what a generator is asked to learn, with exact densities, samplers, natural
 * maps and Gaussian-smoothed densities; and the noise laws that feed generators.
 */
package org.latentsweep.target;
