/**
 * The tables of an output folder: their schemas, how packs are written and committed, the SQL views
 * on them, and light reading without a Spark session.
 */
package org.latentsweep.table;
