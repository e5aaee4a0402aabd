/**
 * The cells of a sweep's grid: what is known of each over its seeds, in tables and in words, how
 * cells compare, and the queries on a sweep's tables that reports are made from.
 */
package org.latentsweep.cell;
