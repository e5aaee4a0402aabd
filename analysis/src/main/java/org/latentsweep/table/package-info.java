/**
 * Holds the tables: a record for the rows of each, their schemas, the readers and writers of their
 * Parquet files, the reader of samples that other programs wrote, and the access to the file
 * system. Nothing here depends on the layout of an output folder.
 */
package org.latentsweep.table;
