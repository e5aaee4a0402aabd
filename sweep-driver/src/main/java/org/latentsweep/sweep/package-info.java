/**
 * What was asked for and what is left to do: reading a sweep's file, expanding its grid, and
 * planning its runs. Pure: knows no Spark, reads no tables, trains nothing.
 */
package org.latentsweep.sweep;
