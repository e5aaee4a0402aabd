/**
 * The cells of a sweep's grid: what is known of each across seeds, how cells compare, and what that
 * means in words.
 */
package org.latentsweep.cell;
