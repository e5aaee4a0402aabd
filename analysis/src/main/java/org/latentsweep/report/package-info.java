/** Figures, and the report that shows a sweep: in words, tables, charts and files. */
package org.latentsweep.report;
