/**
 * A sweep's report as a page: one file that holds all it shows and draws with, or the same page
 * served while the sweep runs.
 */
package org.latentsweep.report;
