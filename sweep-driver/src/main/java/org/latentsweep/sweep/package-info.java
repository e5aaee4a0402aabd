/**
 * The request for a sweep and its plan: parsing its file, expanding its grid, and dividing its runs
 * into packs. Uses no Spark, reads no tables and trains nothing.
 */
package org.latentsweep.sweep;
