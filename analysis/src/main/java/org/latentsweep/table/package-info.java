/**
 * The tables: the record and the schema of each one's rows, readers and writers of their Parquet
 * files, files of samples, and the file system underneath. Knows nothing of how an output folder
 * uses them.
 */
package org.latentsweep.table;
